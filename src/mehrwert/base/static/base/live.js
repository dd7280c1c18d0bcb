/* Live values: one event stream per page. The browser resumes by Last-Event-ID, so nothing is lost. */
"use strict";
(() => {
  const box = document.querySelector("[data-live-url]");
  if (!box || !window.EventSource) return;
  const { word, say, refreshTimes } = window.mehrwert;
  let source = null;
  let failures = 0;

  /* A number is written in the language of the page; the text that came along is German. */
  const valueText = (entry) => {
    if (typeof entry.value !== "number") return entry.text;
    const size = Math.abs(entry.value);
    const places = size < 100 ? 2 : size < 1000 ? 1 : 0;
    const shown = entry.value.toLocaleString(document.documentElement.lang || "de", { maximumFractionDigits: places });
    return `${shown.replace("-", "\u2212")}${entry.unit ? `\u00a0${entry.unit}` : ""}`;
  };
  window.mehrwert.valueText = valueText;

  const show = (entry) => {
    for (const element of document.querySelectorAll(`[data-live-datastream="${entry.id}"]`)) {
      const known = element.dataset.liveAt ?? "";
      if (known && entry.time < known) continue;
      element.dataset.liveAt = entry.time;
      element.textContent = valueText(entry);
    }
    for (const element of document.querySelectorAll(`[data-live-state="${entry.id}"]`)) {
      element.className = "mw-fresh";
      element.textContent = element.dataset.liveWord;
    }
    for (const time of document.querySelectorAll(`[data-live-time="${entry.id}"]`)) {
      const inner = time.matches("time") ? time : time.querySelector("time");
      if (!inner || Date.parse(entry.time) < Date.parse(inner.dateTime)) continue;
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
    source.addEventListener("missed", () => location.reload()); // away too long: what was missed is no longer kept
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
