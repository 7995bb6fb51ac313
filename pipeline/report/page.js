"use strict";
(() => {
  const data = JSON.parse(document.getElementById("page-data").textContent);

  // Charts: those in sight at once, the others when there is time, all of them before printing.
  const waiting = new Set(document.querySelectorAll(".chart"));
  const draw = (place) => {
    if (!waiting.delete(place)) return undefined;
    const name = place.dataset.chart;
    const options = {
      config: { ...data.config, legend: { ...data.config.legend, columns: Math.max(1, Math.floor(place.clientWidth / 160)) } },
      renderer: "svg",
      actions: false,
      ast: true,
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
    };
    const spec = { ...data.charts[name], description: place.dataset.title };
    return window.vegaEmbed(place, spec, options).then(() => place.classList.add("drawn"));
  };
  const sight = new IntersectionObserver(
    (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => draw(one.target)),
    { rootMargin: "300px" },
  );
  waiting.forEach((place) => sight.observe(place));
  const later = window.requestIdleCallback || ((act) => setTimeout(act, 50));
  const drawNext = () => {
    const [next] = waiting;
    if (next) Promise.resolve(draw(next)).then(() => later(drawNext));
    else document.documentElement.dataset.charts = "drawn";
  };
  later(drawNext);
  window.addEventListener("beforeprint", () => [...waiting].forEach(draw));

  // A word tells its analysis when it is pointed at, tapped or reached with the arrow keys.
  const box = document.getElementById("analysis");
  let told = null;
  const arabic = /[\u0600-\u06ff]/;
  const hide = () => {
    box.hidden = true;
    if (told) told.classList.remove("told");
    told = null;
  };
  const tell = (word) => {
    if (word === told) return;
    hide();
    told = word;
    word.classList.add("told");
    const analysis = data.analyses[Number(word.dataset.a)];
    const list = document.createElement("dl");
    for (const [name, label] of data.told) {
      const found = analysis[data.places[name]];
      const value = name === "analysis_score" ? found.toFixed(2) : found;
      if (value === null || value === "") continue;
      const term = document.createElement("dt");
      const said = document.createElement("dd");
      term.textContent = label;
      // Features and glosses are long chains: a line may end behind each link.
      said.textContent = String(value).replace(/[|;](?=\S)/g, (sign) => (sign === ";" ? "; " : " | "));
      said.dir = "auto";
      if (arabic.test(value)) said.lang = "ar";
      list.append(term, said);
    }
    box.replaceChildren(list);
    box.hidden = false;
    const at = word.getBoundingClientRect();
    const left = Math.min(Math.max(at.left + at.width / 2 - box.offsetWidth / 2, 8), innerWidth - box.offsetWidth - 8);
    const below = at.bottom + box.offsetHeight + 10 < innerHeight;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`;
  };
  const wordAt = (event) => (event.target instanceof Element ? event.target.closest(".word") : null);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || box.contains(event.target)) return;
    const word = wordAt(event);
    if (word) tell(word);
    else if (told && told !== document.activeElement) hide();
  });
  document.addEventListener("click", (event) => {
    const word = wordAt(event);
    if (word) step(word);
    else if (!box.contains(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const word = wordAt(event);
    if (word) tell(word);
    else hide();
  });
  const step = (word) => {
    word.closest("article").querySelectorAll('.word[tabindex="0"]').forEach((one) => (one.tabIndex = -1));
    word.tabIndex = 0;
    word.focus();
    tell(word);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const word = wordAt(event);
    if (!word) return undefined;
    const words = [...word.closest("article").querySelectorAll(".word")].filter((one) => one.offsetParent);
    const here = words.indexOf(word);
    // The text runs from right to left, so the left arrow leads on.
    const next = { ArrowLeft: here + 1, ArrowRight: here - 1, Home: 0, End: words.length - 1 }[event.key];
    if (next === undefined || !words[next]) return undefined;
    event.preventDefault();
    return step(words[next]);
  });
  document.querySelectorAll("article").forEach((text) => {
    const first = text.querySelector(".word");
    if (first) first.tabIndex = 0;
  });
})();
