/* On a phone the filters start folded, so that the map is near; without this file they are open. */
"use strict";
if (matchMedia("(max-width: 640px)").matches)
  for (const facet of document.querySelectorAll(".obs-facet")) if (!facet.querySelector("[aria-current]")) facet.open = false;
