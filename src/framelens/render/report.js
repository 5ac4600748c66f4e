// Filters and term cards. Without this script each term links to its entry below the article.
(() => {
  "use strict";

  const filter = (root) => {
    const form = root.querySelector(".fl-filters");
    if (!form) return;
    const terms = [...root.querySelectorAll(".fl-text .fl-t")];
    const uses = [...root.querySelectorAll(".fl-uses a")];
    const boxes = [...form.querySelectorAll("input")];
    const apply = () => {
      const off = { voice: new Set(), kind: new Set() };
      for (const box of boxes) if (!box.checked) off[box.name].add(box.value);
      const hides = (node) => off.voice.has(node.dataset.voice) || off.kind.has(node.dataset.kind);
      let shown = 0;
      let all = 0;
      for (const term of terms) {
        const hidden = hides(term);
        term.toggleAttribute("data-off", hidden);
        if (term.localName !== "mark") continue;
        term.firstElementChild.tabIndex = hidden ? -1 : 0;
        all += 1;
        shown += hidden ? 0 : 1;
      }
      for (const use of uses) use.toggleAttribute("data-off", hides(use));
      for (const entry of root.querySelectorAll(".fl-entry")) {
        entry.hidden = !entry.querySelector(".fl-uses a:not([data-off])");
      }
      form.querySelector(".fl-count").textContent = `${shown} of ${all} terms shown`;
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      for (const box of boxes) box.checked = button.dataset.all === "1";
      apply();
    });
  };

  const cards = (root) => {
    const card = root.querySelector(".fl-card");
    const body = card.querySelector(".fl-card-body");
    const text = root.querySelector(".fl-text");
    let opener = null;
    let pinned = false;
    let timer = 0;

    const link = (node) => node instanceof Element && node.closest(".fl-t:not([data-off]) > a");
    const hide = () => {
      card.hidden = true;
      if (opener) opener.removeAttribute("aria-expanded");
      opener = null;
      pinned = false;
    };
    const place = () => {
      const frame = root.getBoundingClientRect();
      const box = opener.getClientRects()[0];
      const left = Math.min(box.left - frame.left, root.clientWidth - card.offsetWidth - 8);
      const below = box.bottom - frame.top + 6;
      const above = box.top - frame.top - card.offsetHeight - 6;
      const fits = box.bottom + card.offsetHeight + 12 < window.innerHeight || box.top < card.offsetHeight + 12;
      card.style.left = `${Math.max(8, left)}px`;
      card.style.top = `${fits ? below : above}px`;
    };
    const about = (target) => {
      const kind = root.querySelector(`#${CSS.escape(target.getAttribute("aria-describedby"))}`).textContent;
      const sentence = target.closest(".fl-s");
      const bar = sentence && target.closest(".fl-p").querySelector(`i[data-s="${sentence.dataset.s}"]`);
      return `${kind.split(", ").pop()}${bar ? `; its sentence editorializes with probability ${bar.dataset.p}` : ""}`;
    };
    const show = (target) => {
      window.clearTimeout(timer);
      if (target === opener) return;
      hide();
      const entry = root.querySelector(`#${CSS.escape(target.hash.slice(1))}`);
      if (!entry) return;
      const voice = document.createElement("p");
      voice.className = "fl-muted";
      voice.textContent = about(target);
      const parts = [...entry.querySelectorAll(":scope > :not(.fl-uses)")].map((x) => x.cloneNode(true));
      body.replaceChildren(voice, ...parts);
      opener = target;
      opener.setAttribute("aria-expanded", "true");
      card.hidden = false;
      place();
    };
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => pinned || hide(), 250);
    };

    for (const anchor of text.querySelectorAll("mark > a")) anchor.setAttribute("role", "button");
    text.addEventListener("pointerover", (event) => pinned || (link(event.target) ? show(link(event.target)) : later()));
    text.addEventListener("pointerleave", later);
    text.addEventListener("focusin", (event) => link(event.target) && show(link(event.target)));
    text.addEventListener("focusout", (event) => card.contains(event.relatedTarget) || later());
    card.addEventListener("pointerenter", () => window.clearTimeout(timer));
    card.addEventListener("pointerleave", later);
    const pin = (target) => {
      show(target);
      pinned = true;
      card.focus({ preventScroll: true });
    };
    text.addEventListener("click", (event) => {
      const target = event.target instanceof Element && event.target.closest(".fl-t > a");
      if (!target) return;
      event.preventDefault();
      if (link(target)) pin(target);
    });
    text.addEventListener("keydown", (event) => {
      if (event.key !== " " || !link(event.target)) return;
      event.preventDefault();
      pin(link(event.target));
    });
    card.addEventListener("focusout", (event) => {
      if (!card.contains(event.relatedTarget) && event.relatedTarget !== opener) hide();
    });
    card.querySelector(".fl-close").addEventListener("click", () => {
      const back = opener;
      hide();
      if (back) back.focus({ preventScroll: true });
      hide();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || card.hidden) return;
      const back = card.contains(document.activeElement) ? opener : null;
      if (back) back.focus({ preventScroll: true });
      hide();
    });
  };

  const bars = (root) => {
    const text = root.querySelector(".fl-text");
    let lit = [];
    text.addEventListener("pointerover", (event) => {
      for (const node of lit) node.classList.remove("fl-lit");
      const over = event.target instanceof Element && event.target.closest("[data-s]");
      lit = over ? [...over.closest(".fl-p").querySelectorAll(`[data-s="${over.dataset.s}"]`)] : [];
      for (const node of lit) node.classList.add("fl-lit");
    });
  };

  for (const root of document.querySelectorAll("article.fl:not([data-ready])")) {
    root.dataset.ready = "";
    filter(root);
    cards(root);
    bars(root);
  }
})();
