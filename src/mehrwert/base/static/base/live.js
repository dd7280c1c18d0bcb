/* Live values: one event stream per page. The browser resumes by Last-Event-ID, so nothing is lost. */
"use strict";
(() => {
  const box = document.querySelector("[data-live-url]");
  if (!box || !window.EventSource) return;
  const { word, say, refreshTimes } = window.mehrwert;
  let source = null;
  let failures = 0;

  const show = (entry) => {
    for (const element of document.querySelectorAll(`[data-live-datastream="${entry.id}"]`)) {
      const known = element.dataset.liveAt ?? "";
      if (known && entry.time < known) continue;
      element.dataset.liveAt = entry.time;
      element.textContent = entry.text;
      element.classList.remove("mw-late", "mw-silent");
      if (element.dataset.liveState !== undefined) element.classList.add("mw-fresh");
    }
    for (const time of document.querySelectorAll(`[data-live-time="${entry.id}"]`)) {
      const inner = time.matches("time") ? time : time.querySelector("time");
      if (!inner) continue;
      inner.dateTime = entry.time;
      inner.dataset.ago = "";
    }
    document.dispatchEvent(new CustomEvent("mehrwert:value", { detail: entry }));
  };

  const take = (event) => {
    failures = 0;
    let payload;
    try {
      payload = JSON.parse(event.data);
    } catch {
      return;
    }
    for (const entry of payload.datastreams ?? []) show(entry);
    refreshTimes();
  };

  const open = () => {
    source = new EventSource(box.dataset.liveUrl);
    source.addEventListener("observations", take);
    source.addEventListener("message", take);
    source.addEventListener("error", () => {
      failures += 1;
      if (failures === 3) say(word("offline"));
      if (source.readyState === EventSource.CLOSED) setTimeout(open, Math.min(30000, 2000 * failures));
    });
  };
  open();
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && open());
})();
