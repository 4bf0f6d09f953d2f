"""Questions of everyday life, from many fields: what people ask of other knowledge bases.

They are far from nearly every knowledge base; what one of them says something about is left out by
its own words where they are used (`rag/judge/calibration`).
"""

EVERYDAY = (
    "How long do I boil an egg so that the yolk stays soft?",
    "Which vaccinations does a puppy need in its first year?",
    "When did the Berlin Wall come down?",
    "How do I get a red wine stain out of a white shirt?",
    "What is the tallest mountain in South America?",
    "Which bus goes from the old town to the airport?",
    "Who painted the ceiling of the Sistine Chapel?",
    "How often should I water a cactus in winter?",
    "What are the rules for offside in football?",
    "How do I tune a ukulele by ear?",
    "Why do leaves turn red in autumn?",
    "How much does it cost to renew a passport?",
    "What helps against hiccups?",
    "How many players are in a volleyball team?",
    "Is it safe to eat rhubarb leaves?",
    "What is the best season to prune apple trees?",
    "How do I remove ice from a windscreen without scratching it?",
    "Who won the Eurovision Song Contest in 1974?",
    "What should I pack for a week in Iceland in March?",
    "How do I knit a sock heel?",
    "How far away is the moon?",
    "Which wood is best for building a garden bench?",
    "How do I teach a child to ride a bicycle?",
    "What is the plot of Romeo and Juliet?",
)
