/* Name, unit and aggregation matter only for new series; without this file all fields are shown. */
"use strict";
(() => {
  for (const role of document.querySelectorAll("[data-column] select[name^=role_]")) {
    const fields = role.closest("[data-column]").querySelectorAll("[data-new]");
    const show = () => {
      for (const field of fields) field.hidden = role.value !== "new";
    };
    role.addEventListener("change", show);
    show();
  }
  const thing = document.querySelector("select[name=thing]");
  const name = document.querySelector("[data-thing-name]");
  if (thing && name) {
    const show = () => {
      name.hidden = thing.value !== "neu";
    };
    thing.addEventListener("change", show);
    show();
  }
})();
