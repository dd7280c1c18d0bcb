/* The shell without frameworks: menus close with Esc, focus follows what was swapped, times stay true. */
"use strict";
(() => {
  const words = document.getElementById("mw-words");
  const word = (name) => words?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  const say = (text) => {
    const region = document.getElementById("mw-says");
    if (region) region.textContent = text;
  };
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== except) menu.open = false;
  };
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement?.closest("details[data-menu][open]");
    closeMenus(null);
    open?.querySelector("summary")?.focus();
  });
  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest?.("details[data-menu][open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  /* After a swap the focus moves to the new heading, unless the person is typing in a field that stayed. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    const typing = document.activeElement?.matches("input,select,textarea") && document.contains(document.activeElement);
    const heading = target.querySelector("[data-focus-first],h1,h2,h3");
    if (!typing && heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
    if (heading) say(`${word("loaded")} ${heading.textContent.trim()}`);
  });
  document.addEventListener("htmx:responseError", () => say(word("failed")));
  document.addEventListener("htmx:sendError", () => say(word("failed")));
  document.querySelector(".mw-errors[data-focus-first]")?.focus();

  /* What is shared is what is seen: filter, stretch of time and map may have moved the address. */
  for (const kind of ["pointerdown", "focusin", "click"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a[data-share]");
      if (!link) return;
      const url = new URL(link.href);
      url.searchParams.set("seite", location.pathname + location.search);
      link.href = url.href;
    });
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy)?.textContent.trim() ?? "";
    try {
      await navigator.clipboard.writeText(text);
      say(word("copied"));
      button.textContent = word("copied");
    } catch {
      getSelection()?.selectAllChildren(document.getElementById(button.dataset.copy));
    }
  });

  /* "vor 4 Minuten" stays true while the page is open. */
  const sinceText = (seconds) => {
    if (seconds < 60) return word("now");
    const minutes = Math.floor(seconds / 60);
    if (minutes < 100) return minutes === 1 ? word("minute") : word("minutes").replace("{n}", minutes);
    const hours = Math.floor(minutes / 60);
    return hours === 1 ? word("hour") : word("hours").replace("{n}", hours);
  };
  const refreshTimes = () => {
    for (const time of document.querySelectorAll("time[data-ago]")) {
      const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
      if (seconds >= 0 && seconds < 48 * 3600) time.textContent = sinceText(seconds);
    }
  };
  setInterval(refreshTimes, 20000);
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) button.hidden = false;
  window.mehrwert = { word, say, refreshTimes };
})();
