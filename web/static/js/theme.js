/* The theme: the system's, or the one that was chosen here. Runs before the page is drawn. */

(() => {
  const KEY = "entrywise.theme";
  const THEMES = ["system", "light", "dark"];
  const root = document.documentElement;

  function chosen() {
    try {
      const theme = localStorage.getItem(KEY);
      return THEMES.includes(theme) ? theme : "system";
    } catch {
      return "system"; // A browser that keeps nothing.
    }
  }

  function apply(theme) {
    root.dataset.theme = theme;
    const button = document.getElementById("theme");
    if (!button) return;
    button.dataset.theme = theme;
    const label = JSON.parse(document.body.dataset.texts).theme[theme];
    button.setAttribute("aria-label", label);
    button.title = label;
  }

  function next() {
    const theme = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
    apply(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It holds for this page.
    }
  }

  apply(chosen());
  addEventListener("DOMContentLoaded", () => {
    apply(root.dataset.theme);
    document.getElementById("theme").addEventListener("click", next);
  });
  addEventListener("storage", (event) => event.key === KEY && apply(chosen()));
})();
