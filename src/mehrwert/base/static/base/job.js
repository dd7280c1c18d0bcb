/* The page of a job: asks for the progress part whenever the job tells something, until it ends. */
"use strict";
(() => {
  const box = document.querySelector("[data-job]");
  if (!box) return;
  const OPEN = ["ready", "running"];
  const QUIET_MS = 5000;
  const GAP_MS = 700;
  let asked = 0;
  let timer = 0;
  let source = null;
  const state = () => box.querySelector("[data-job-state]")?.dataset.jobState ?? "";
  const isAsking = () => box.querySelector("details[open]") !== null || box.contains(document.activeElement);

  const load = async () => {
    clearTimeout(timer);
    asked = Date.now();
    try {
      const answer = await fetch(box.dataset.jobUrl, { headers: { "HX-Request": "true" } });
      if (answer.ok && !isAsking()) {
        const before = state();
        box.innerHTML = await answer.text();
        if (before !== state()) window.mehrwert?.say(box.querySelector(".mw-tag")?.textContent ?? "");
      } else if (answer.status === 401 || answer.status === 404) return location.reload();
    } catch {
      /* the connection is away: the next turn asks again */
    }
    if (OPEN.includes(state())) timer = setTimeout(load, box.dataset.jobLive ? QUIET_MS : GAP_MS * 3);
    else source?.close();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(load, Math.max(0, GAP_MS - (Date.now() - asked)));
  };
  if (box.dataset.jobLive && window.EventSource) {
    source = new EventSource(box.dataset.jobLive);
    source.addEventListener("job", (event) => {
      try {
        if (JSON.parse(event.data).id === box.dataset.job) soon();
      } catch {
        /* not ours */
      }
    });
    addEventListener("pagehide", () => source.close());
  }
  timer = setTimeout(load, 1500);
})();
