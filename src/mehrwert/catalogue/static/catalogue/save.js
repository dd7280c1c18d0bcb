// A draft saves itself a moment after the last change. Without this script the button does it.
(() => {
  const form = document.querySelector("form[data-saves-itself]");
  const says = document.getElementById("cat-saved");
  if (!form || !says) return;
  const words = { lang: document.documentElement.lang };
  const text = words.lang === "en"
    ? { saving: "Saving …", saved: "Saved", failed: "Not saved yet. Please check your input." }
    : { saving: "Wird gespeichert …", saved: "Gespeichert", failed: "Noch nicht gespeichert. Bitte prüfen Sie die Eingabe." };
  let timer = 0, running = null;

  const showMissing = (levels) => levels.forEach((level, place) => {
    const list = document.querySelector(`[data-level="${place}"]`);
    if (list) list.replaceChildren(...level.missing.map((name) => {
      const item = document.createElement("li");
      item.textContent = name;
      return item;
    }));
  });

  const save = async () => {
    if (running) running.abort();
    running = new AbortController();
    says.textContent = text.saving;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: running.signal,
      });
      const told = await answer.json();
      says.textContent = answer.ok ? `${text.saved}, ${told.saved}` : told.error || text.failed;
      if (answer.ok) showMissing(told.levels);
    } catch (error) {
      if (error.name !== "AbortError") says.textContent = text.failed;
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1200); });
})();
