/* Upload: the button is the primary way, dropping is extra, and without this file the form still works. */
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector("input[type=file]");
    if (!input) continue;
    const zone = form.querySelector("[data-drop]");
    const bar = form.querySelector("progress");
    const status = form.querySelector("[data-upload-status]");

    zone?.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
    zone?.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone?.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      if (event.dataTransfer.files.length === 0) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("change", () => {
      if (status && input.files[0]) status.textContent = input.files[0].name;
    });

    /* A file over the limit is not even sent: the server would refuse it before reading. */
    const isTooLarge = () => {
      const most = Number(form.dataset.mostMb) * 1048576;
      return most > 0 && input.files.length > 0 && input.files[0].size > most;
    };

    form.addEventListener("submit", (event) => {
      if (isTooLarge()) {
        event.preventDefault();
        if (status) status.textContent = form.querySelector("[data-upload-too-large]")?.content.textContent ?? "";
        return;
      }
      if (!bar || !input.files.length) return;
      event.preventDefault();
      const request = new XMLHttpRequest();
      request.open("POST", form.getAttribute("action") || location.href);
      request.setRequestHeader("Accept", "text/html");
      request.upload.addEventListener("progress", (progress) => {
        if (!progress.lengthComputable) return;
        bar.hidden = false;
        bar.max = progress.total;
        bar.value = progress.loaded;
        if (status) status.textContent = `${Math.round((100 * progress.loaded) / progress.total)} %`;
      });
      request.addEventListener("load", () => {
        if (request.responseURL && request.status < 400 && request.responseURL !== location.href) {
          location.assign(request.responseURL);
          return;
        }
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        const fresh = page.querySelector("main");
        if (fresh) document.querySelector("main").replaceWith(fresh);
        document.querySelector(".mw-errors, h1")?.focus();
      });
      request.addEventListener("error", () => {
        if (status) status.textContent = window.mehrwert?.word("failed") ?? "";
      });
      request.send(new FormData(form));
    });
  }
})();
