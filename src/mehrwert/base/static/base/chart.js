/* Time series on canvas (uPlot): band from least to greatest value, line of the mean, gaps stay gaps.
   The figure's sentence, table and CSV are in the page; this adds zooming and an arrow-key cursor. */
"use strict";
(() => {
  const MAX_POINTS = 1000;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const language = document.documentElement.lang || "de";

  class Chart {
    constructor(figure) {
      this.figure = figure;
      this.plotBox = figure.querySelector("[data-chart-plot]");
      this.says = figure.querySelector("[data-chart-says]");
      this.shows = figure.querySelector("[data-chart-value]");
      this.words = figure.querySelector("[data-chart-words]");
      this.sentence = figure.querySelector("[data-chart-sentence]")?.textContent.trim() ?? "";
      this.url = new URL(figure.dataset.pointsUrl, location.href);
      this.unit = figure.dataset.unit || "";
      this.zone = figure.dataset.zone || "Europe/Berlin";
      this.index = null;
      this.whole = null;
      this.request = null;
    }

    word(name, values = {}) {
      let text = this.words?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
      for (const [key, value] of Object.entries(values)) text = text.replace(`{${key}}`, value);
      return text;
    }

    async load(from, to) {
      this.request?.abort();
      this.request = new AbortController();
      const url = new URL(this.url);
      if (from !== undefined) {
        url.searchParams.set("von", String(Math.floor(from)));
        url.searchParams.set("bis", String(Math.ceil(to)));
      }
      url.searchParams.set("punkte", String(Math.min(MAX_POINTS, Math.max(200, this.plotBox.clientWidth))));
      try {
        const answer = await fetch(url, { signal: this.request.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        return await answer.json();
      } catch (error) {
        if (error.name !== "AbortError") this.note(this.word("failed"));
        return null;
      }
    }

    note(text) {
      if (this.says) this.says.textContent = text;
      if (this.shows) this.shows.textContent = text;
    }

    number(value) {
      if (value === null || value === undefined) return "–";
      const size = Math.abs(value);
      const places = size < 100 ? 2 : size < 1000 ? 1 : 0;
      return value.toLocaleString(language, { maximumFractionDigits: places });
    }

    when(seconds) {
      const clock = ["tag", "woche", "monat"].includes(this.step) ? {} : { hour: "2-digit", minute: "2-digit" };
      return new Date(seconds * 1000).toLocaleString(language, {
        timeZone: this.zone, day: "numeric", month: "long", year: "numeric", ...clock,
      });
    }

    async start() {
      const data = await this.load();
      if (!data || !data.t || data.t.length === 0) return;
      this.unit = data.unit ?? this.unit;
      const started = performance.now();
      const drawn = () => {
        this.figure.dataset.drawnMs = (performance.now() - started).toFixed(1);
      };
      this.plot = new window.uPlot(this.options(drawn), this.columns(data), this.plotBox);
      this.plotBox.dataset.live = "";
      this.whole = [data.t[0], data.t[data.t.length - 1]];
      this.name();
      this.listen();
      const bar = this.figure.querySelector("[data-chart-bar]");
      if (bar) bar.hidden = false;
      this.restore();
    }

    columns(data) {
      this.bars = data.kind === "bars";
      this.step = data.step ?? "";
      if (!this.bars || data.t.length === 0) return [data.t, data.max ?? data.mean, data.min ?? data.mean, data.mean];
      /* one empty place more, so that the last bar has its whole width */
      const t = [...data.t, data.ends[data.ends.length - 1]];
      const mean = [...data.mean, null];
      return [t, mean, mean, mean];
    }

    options(drawn = () => {}) {
      const blue = token("--blue");
      const font = "13px 'Fira Sans', sans-serif";
      const axis = { stroke: token("--ink-3"), font, grid: { stroke: token("--line-2"), width: 1 }, ticks: { stroke: token("--edge"), width: 1, size: 5 } };
      const narrow = this.plotBox.clientWidth < 560;
      return {
        width: this.plotBox.clientWidth || 320,
        height: narrow ? 240 : 300,
        tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), this.zone),
        legend: { show: false },
        cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 8, fill: blue }, y: false },
        scales: { x: { time: true }, ...(this.bars ? { y: { range: (_plot, low, high) => [Math.min(0, low), Math.max(high * 1.05, low < 0 ? 0 : 1e-9)] } } : {}) },
        series: [
          {},
          { stroke: "transparent", width: 0, points: { show: false } },
          { stroke: "transparent", width: 0, points: { show: false } },
          this.bars
            ? { stroke: "transparent", width: 0, fill: blue, points: { show: false }, paths: window.uPlot.paths.bars({ size: [0.88, 80], align: 1 }) }
            : { stroke: blue, width: 2, spanGaps: false, points: { size: 4, fill: blue } },
        ],
        bands: this.bars ? [] : [{ series: [1, 2], fill: this.tint(blue) }],
        axes: [
          { ...axis, space: narrow ? 70 : 90, values: (plot, splits) => this.timeLabels(plot, splits) },
          { ...axis, size: 58, values: (_plot, splits) => splits.map((value, i) => this.number(value) + (i === splits.length - 1 && this.unit ? ` ${this.unit}` : "")) },
        ],
        hooks: {
          ready: [drawn],
          setCursor: [(plot) => this.hovered(plot.cursor.idx)],
          setSelect: [(plot) => this.selected(plot)],
        },
      };
    }

    tint(colour) {
      const value = Number.parseInt(colour.replace("#", ""), 16);
      return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, 0.22)`;
    }

    timeLabels(plot, splits) {
      const span = plot.scales.x.max - plot.scales.x.min;
      const style = span < 3 * 86400 ? { hour: "2-digit", minute: "2-digit" } : span < 200 * 86400 ? { day: "numeric", month: "numeric" } : { month: "short", year: "2-digit" };
      return splits.map((seconds) => {
        const date = new Date(seconds * 1000);
        const midnight = span < 3 * 86400 && date.toLocaleTimeString("de", { timeZone: this.zone, hour: "2-digit", minute: "2-digit" }) === "00:00";
        const shown = midnight ? { day: "numeric", month: "numeric" } : style;
        return date.toLocaleString(language, { timeZone: this.zone, ...shown });
      });
    }

    name() {
      const root = this.plot.root;
      root.tabIndex = 0;
      root.setAttribute("role", "application");
      root.setAttribute("aria-label", this.word("cursor"));
      const canvas = root.querySelector("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", this.sentence);
    }

    listen() {
      this.plot.root.addEventListener("keydown", (event) => this.key(event));
      for (const button of this.figure.querySelectorAll("[data-chart-zoom]"))
        button.addEventListener("click", () => this.zoom(button.dataset.chartZoom));
      new ResizeObserver(() => {
        const width = this.plotBox.clientWidth;
        if (width && width !== this.plot.width) this.plot.setSize({ width, height: width < 560 ? 240 : 300 });
      }).observe(this.plotBox);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
      window.addEventListener("popstate", () => this.restore());
    }

    redraw(data = this.plot.data) {
      this.plot.destroy();
      this.plot = new window.uPlot(this.options(), data, this.plotBox);
      this.name();
      this.plot.root.addEventListener("keydown", (event) => this.key(event));
    }

    key(event) {
      const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
      const last = this.plot.data[0].length - 1;
      if (event.key === "Escape") return this.plot.root.blur();
      if (event.key === "+" || event.key === "-") this.zoom(event.key === "+" ? "in" : "out");
      else if (event.key === "Home") this.move(0);
      else if (event.key === "End") this.move(last);
      else if (event.key in steps) this.move((this.index ?? last) + steps[event.key] * (event.shiftKey ? 10 : 1));
      else return undefined;
      event.preventDefault();
      return undefined;
    }

    move(index) {
      this.index = Math.max(0, Math.min(index, this.plot.data[0].length - 1));
      const left = this.plot.valToPos(this.plot.data[0][this.index], "x");
      const mean = this.plot.data[3][this.index];
      this.plot.setCursor({ left, top: mean === null ? 10 : this.plot.valToPos(mean, "y") }, false);
      const text = this.describe(this.index);
      this.note(text);
    }

    hovered(index) {
      if (index === null || index === undefined) return;
      this.index = index;
      if (this.shows) this.shows.textContent = this.describe(index);
    }

    describe(index) {
      const [t, max, min, mean] = this.plot.data.map((column) => column[index]);
      if (mean === null || mean === undefined) return `${this.when(t)}: ${this.word("gap")}`;
      const unit = this.unit ? `\u00a0${this.unit}` : "";
      if (min === max || min === null) return `${this.when(t)}: ${this.number(mean)}${unit}`;
      const range = this.word("range", { min: this.number(min), max: this.number(max) + unit });
      return `${this.when(t)}: ${range}, ${this.word("mean", { mean: this.number(mean) + unit })}`;
    }

    selected(plot) {
      if (plot.select.width < 8) return;
      const from = plot.posToVal(plot.select.left, "x");
      const to = plot.posToVal(plot.select.left + plot.select.width, "x");
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      this.show(from, to);
    }

    zoom(verb) {
      const { min, max } = this.plot.scales.x;
      const span = max - min;
      const middle = (min + max) / 2;
      const to = {
        in: [middle - span / 4, middle + span / 4],
        out: [middle - span, middle + span],
        left: [min - span / 2, max - span / 2],
        right: [min + span / 2, max + span / 2],
        all: [undefined, undefined],
      }[verb];
      this.show(...to);
    }

    async show(from, to, remember = true) {
      this.note(this.word("loading"));
      const data = await this.load(from, to);
      if (!data) return;
      const wasBars = this.bars;
      const columns = this.columns(data);
      if (wasBars === this.bars) this.plot.setData(columns, true);
      else this.redraw(columns);
      if (from !== undefined) this.plot.setScale("x", { min: from, max: to });
      this.index = null;
      const ends = from === undefined ? this.whole : [from, to];
      this.note(this.word("range", { min: this.when(ends[0]), max: this.when(ends[1]) }));
      if (remember) this.remember(from, to);
    }

    remember(from, to) {
      if ("noState" in this.figure.dataset) return;
      const url = new URL(location.href);
      for (const [name, value] of [["von", from], ["bis", to]]) {
        if (value === undefined) url.searchParams.delete(name);
        else url.searchParams.set(name, String(Math.round(value)));
      }
      history.replaceState(history.state, "", url);
    }

    restore() {
      const query = new URL(location.href).searchParams;
      const [from, to] = [Number(query.get("von")), Number(query.get("bis"))];
      if ("noState" in this.figure.dataset || !(from > 1e6 && to > from)) return;
      const own = this.url.searchParams;
      if (own.get("von") === String(from) && own.get("bis") === String(to)) return;
      this.show(from, to, false);
    }
  }

  const start = () => {
    for (const figure of document.querySelectorAll("[data-chart]:not([data-chart-ready])")) {
      figure.dataset.chartReady = "";
      if (window.uPlot) new Chart(figure).start();
    }
  };
  document.addEventListener("htmx:afterSettle", start);
  start();
})();
