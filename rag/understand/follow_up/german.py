"""How follow-ups are worded in German, and how they are completed (`phrases.py`)."""

from __future__ import annotations

from entrywise.data.words import VERSUS
from entrywise.rag.understand.follow_up.phrases import Phrases

_PLACES = {"erst": 0, "zweit": 1, "dritt": 2, "viert": 3, "letzt": -1}
_ENDINGS = ("e", "en", "er", "es", "ere", "eren", "eres")
_ORDINALS = {f"{stem}{end}": place for stem, place in _PLACES.items() for end in _ENDINGS}
_TELL = (
    r"(?:(?:erzähl|sag|zeig|nenn|erklär)e?|gib|(?:erzählen|sagen|zeigen|nennen|geben) sie) "
    r"(?:mir|uns) (?:bitte )?"
)
_TOLD = r"(?: (?:sagen|erzählen|erfahren|wissen|lesen|zeigen|geben))?"
_SOME = r"(?:noch |etwas |ein wenig |ein bisschen )*"
# "Sie" with a capital is who is asked.
_THEM = r"(?:beide[nrs]?|die beiden|den beiden|(?-i:sie|ihnen))"
_VERBS = r"(?:ist|sind|war|waren|hat|haben|kann|können|braucht|brauchen|kostet|kosten|geht|gilt)"

GERMAN = Phrases(
    polite=r"(?:(?:ok(?:ay)?|und|aber|also|gut|dann|nun|jetzt|bitte|hey),?\s+)*"
    r"(?:(?:kannst|könntest|würdest) du |(?:können|könnten|würden) sie )?"
    r"(?:mir |uns )?(?:bitte |auch )*",
    courtesy=r"(?:(?:ok(?:ay)?|super|toll|prima|gut|schön|perfekt|klasse|ja|nein)[,.!]?\s*)*"
    r"(?:(?:(?:vielen|herzlichen|besten|lieben) )?danke?(?: (?:schön|sehr|dir|ihnen|dafür|"
    r"für die hilfe))?|dankeschön|verstehe|verstanden|alles klar|hallo|hi|moin|servus|"
    r"grüß gott|guten (?:morgen|tag|abend)|tschüss?|auf wiedersehen|"
    r"ok(?:ay)?|super|toll|prima|gut|schön|perfekt|klasse|ja|nein)",
    more=rf"(?:{_TELL}|ich (?:will|möchte) )?{_SOME}"
    r"(?:mehr|weiteres|(?:mehr|weitere|nähere) (?:details|einzelheiten|informationen|infos))"
    rf"(?: (?:dazu|davon|darüber|hierzu|(?:über|zu|zum|zur|von|vom) (?P<of>.+?)))?{_TOLD}|"
    r"(?:mach )?weiter|(?:was|wie|wer) (?:noch|sonst)(?: noch)?|sonst noch (?:et)?was|"
    r"noch (?:et)?was|(?:geht es |etwas )?(?:genauer|ausführlicher)|im detail|"
    r"(?:erklär|beschreib)(?:e|en sie)? (?:es|das|sie) (?:genauer|näher|ausführlicher)|"
    r"more|tell me more",
    another_example=rf"(?:{_TELL})?(?:noch ein|ein (?:weiteres|anderes|zweites)) beispiel|"
    r"noch ein(?:e?s)?",
    number=r"(?:(?:nummer|nr\.?|frage|vorschlag)\s*|#\s?)?(?P<number>[1-9]\d?)[.):]?",
    ordinals=_ORDINALS,
    place=rf"(?<![\w-])(?:der|die|das|den|dem) (?:(?P<ordinal>{'|'.join(_ORDINALS)})|"
    rf"(?P<other>andere[nrsm]?))(?: von beiden| davon)?(?![\w-])(?=\s*(?:$|[?.!,]))",
    compare=rf"vergleich(?:e|en sie)?(?: (?:das|es|diese|{_THEM}))?(?: miteinander)?|"
    rf"vergleich(?: (?:von|zwischen))? {_THEM}|"
    rf"(?:(?:was|wo|wie) ist |worin (?:besteht|liegt) |{_TELL})?(?:de[rn] )?unterschied"
    rf"(?: (?:zwischen {_THEM}|dazu|davon))?|(?:(?:was|welche) sind )?(?:die )?unterschiede|"
    rf"(?:worin|wie) unterscheiden (?:sie|die beiden) sich(?: voneinander)?|(?:{VERSUS})|compare",
    which=r"(?:und )?welche[rs]? (?:(?:von (?:beiden|ihnen)|davon|der beiden) (?P<asks>.+)|"
    rf"(?P<verb>{_VERBS}\b.+))",
    both=r"(?:was sind )?(?:beide[s]?|die beiden)",
    why=r"(?:warum|wieso|weshalb|why)(?: (?:(?:ist|sind) )?(?:das|es|dem)(?: so)?| denn)?",
    how=r"wie(?: genau| denn)?|wie (?:geht|funktioniert) (?:das|es|er|sie)(?: genau)?|"
    r"wie funktionieren (?:die|sie)",
    example=rf"(?:{_TELL}|(?:haben sie|hast du|gibt es) )?"
    r"(?:(?:ein|das)(?: konkretes| einfaches| gutes)? )?beispiele?(?: (?:dafür|dazu|davon))?|"
    r"zum beispiel|z\.\s?b\.?",
    addition=r"(?:(?:ok(?:ay)?|gut|danke),?\s+)?(?:(?:und|oder|and)(?:,?\s+(?:was ist mit|"
    r"wie (?:ist|sieht) es (?:mit|bei|in)))?|was ist mit|wie (?:ist|sieht) es (?:mit|bei|in))\s+",
    against=rf"(?:und )?(?:{VERSUS}|(?:im vergleich|verglichen) (?:zu[mr]?|mit)|gegenüber)\s+",
    article=r"(?:der|die|das|den|dem|des|eine?[nmrs]?|ihre?[nmrs]?|seine?[nmrs]?)\s+",
    opens=r"(?:(?:was|wer) (?:ist|sind|war|waren|bedeutet|bedeuten|heißt)|"
    r"(?:definier|erklär|beschreib)(?:e|en sie)?)\s+(?!(?:der|die|das|er|sie|es|dies\w*)\b)",
    asks=r"(?:was|wie|warum|wieso|weshalb|welche[rsmn]?|wer|wem|wen|wessen|wo|woher|wohin|wann|"
    rf"womit|wofür|worin|{_VERBS}|habe|darf|dürfen|muss|müssen|soll|sollte|gibt|erkläre?|nenne?|"
    r"zeige?|vergleiche?|definiere?|beschreibe?)\b",
    degree="wie",
    auxiliary=r"(?!)",
    doer=r"(?:ich|du|wir|man|sie|es)",
    # "Es gibt", "geht es um", "ist es möglich" stand for nothing.
    pronoun=rf"(?<![\w-])(?:{_THEM}|(?-i:er|ihn|ihm)|(?:das|diese[rsnm]?|dies)(?=\s*[?.!]*$)|"
    r"(?<!gibt )(?<!geht )es(?!\s+(?:gibt|geht|möglich|erlaubt|nötig|egal|sinnvoll)\b))"
    r"(?![\w-])",
    possessive=r"(?!)",
    all_of_them=r"(?:(?:die|den) )?beide[nrs]?",
    plural=r"sie|ihnen|diese",
    # "Im Homeoffice arbeiten" opens a subject: what begins with a preposition may stand alone.
    narrows=frozenset(
        "ab als am an auch auf aus bei beim bis für gegen im in innerhalb mit nach nur ohne pro "
        "seit trotz um vom von vor während wegen wenn zu zum zur über".split()
    ),
    leans=r"(?<![\w-])da(?:für|von|zu|mit|rin|bei|gegen|ran|rauf|rüber)(?=\s*[?.!]*$|\s+\w+[?.!]*$)",
    conjunctions=(" und ", " oder "),
    owner="{subjects}",
    what_one="Was ist {subjects}?",
    what_several="Was sind {subjects}?",
    compared="Unterschied zwischen {subjects}",
    chosen="Was {asks}, {either}?",
    because_one="Warum {subjects}?",
    because_several="{versus}: warum?",
    works_one="Wie funktioniert {subjects}?",
    works_several="Wie funktionieren {subjects}?",
    example_of="Ein Beispiel für {subjects}",
    another_of="Ein weiteres Beispiel für {subjects}",
    further="Mehr zu {subjects}",
    further_on="Mehr zu: {question}",
    no_choice_one="{choice} gibt es nicht: vorgeschlagen ist nur eine Frage.",
    no_choice="{choice} gibt es nicht: vorgeschlagen sind {count} Fragen.",
    nothing_to_choose="{choice} gibt es nicht: nichts ist vorgeschlagen.",
)
