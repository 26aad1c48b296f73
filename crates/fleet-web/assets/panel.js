// What the pages need beyond htmx: words for times that stay true, whether the page is live, notices that go away, and
// boxes that close. It may fail to load; everything then still works, only stiller.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  // The fleet's clock: its last reading, and how fast it runs since an earlier one, for a demo's days can be short.
  const live = document.getElementById("live");
  let reading = live ? { fleet: Number(live.dataset.now), real: performance.now() } : null;
  let paced = reading;
  let rate = 1;

  const fleetNow = () => reading.fleet + (performance.now() - reading.real) * rate;

  const inWords = (span) => {
    const s = Math.floor(span / 1000);
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)} min`;
    if (s < 86400) return `${Math.floor(s / 3600)} h`;
    if (s < 172800) return "1 day";
    return `${Math.floor(s / 86400)} days`;
  };

  const tell = (time) => {
    const span = fleetNow() - Date.parse(time.dateTime);
    const isNow = Math.abs(span) < 3000 || (span > 0 && time.dataset.when === "due");
    const words = isNow ? "now" : span < 0 ? `in ${inWords(-span)}` : `${inWords(span)} ago`;
    if (time.textContent !== words) time.textContent = words;
  };

  if (live) {
    // A stream that was away may come back from a server whose clock went on otherwise: nothing is told of speed by that.
    live.addEventListener("htmx:sse:after:connection", () => {
      paced = null;
    });
    live.addEventListener("clock", (event) => {
      const next = { fleet: Number(event.detail.data), real: performance.now() };
      if (!paced) paced = next;
      const passed = next.real - paced.real;
      // Readings close together tell nothing of speed.
      if (passed > 900) {
        rate = Math.max(0, (next.fleet - paced.fleet) / passed);
        paced = next;
      }
      reading = next;
    });
    const tellAll = () => document.querySelectorAll("time[data-when]").forEach(tell);
    setInterval(tellAll, 1000);
    // What has just come and what was there are told by one clock.
    live.addEventListener("htmx:sse:after:message", tellAll);
  }

  // Whether the page is live, in words at its head.
  const link = (next) => {
    const place = document.querySelector("[data-link]");
    if (place && place.dataset.link !== next) {
      place.dataset.link = next;
      place.textContent = next === "live" ? "Live" : "Reconnecting";
    }
  };
  if (live) {
    live.addEventListener("htmx:sse:after:connection", () => link("live"));
    for (const lost of ["htmx:sse:before:connection", "htmx:sse:error", "htmx:sse:close", "htmx:error"]) {
      live.addEventListener(lost, () => link("lost"));
    }
  }

  // What was done is told for a while; what went wrong stays until the next word.
  const notices = document.getElementById("notice");
  if (notices) {
    new MutationObserver(() => {
      const notice = notices.querySelector('[data-notice="pass"]');
      if (notice) setTimeout(() => notice.remove(), 6000);
    }).observe(notices, { childList: true });
  }

  // An open question closes with Escape, and when one turns elsewhere.
  const close = (ask) => {
    ask.open = false;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const ask of document.querySelectorAll("[data-ask][open]")) {
      const within = ask.contains(document.activeElement);
      close(ask);
      if (within) ask.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const ask of document.querySelectorAll("[data-ask][open]")) if (!ask.contains(event.target) || event.target.closest("[data-close]")) close(ask);
  });

  // Which rows of a table are ticked. Rows come and go under the ticks: what is kept here is put back onto them.
  const picked = new Set();
  const picking = () => document.querySelector("[data-picking]");
  const boxes = (form) => [...form.querySelectorAll("[data-pick]")];
  const showPicks = () => {
    const form = picking();
    if (!form) return;
    const all = form.querySelector("[data-pick-all]").checked;
    const rows = boxes(form);
    for (const box of rows) {
      box.checked = all || picked.has(box.value);
      box.disabled = all;
    }
    const here = rows.filter((box) => box.checked).length;
    const page = form.querySelector("[data-pick-page]");
    page.checked = here > 0 && here === rows.length;
    page.indeterminate = here > 0 && here < rows.length;
    page.disabled = all;
    const many = form.querySelector("[data-pick-many]");
    const ticked = here === 0 ? "those that are ticked" : here === 1 ? "the one that is ticked" : `the ${here} that are ticked`;
    if (many) many.textContent = all ? many.dataset.all : ticked;
    form.querySelector("[data-pick-count]").textContent = all ? "" : `or ${ticked}`;
  };
  document.addEventListener("change", (event) => {
    const form = picking();
    if (!form || !form.contains(event.target)) return;
    if (event.target.matches("[data-pick]")) {
      if (event.target.checked) picked.add(event.target.value);
      else picked.delete(event.target.value);
    } else if (event.target.matches("[data-pick-page]")) {
      for (const box of boxes(form)) {
        if (event.target.checked) picked.add(box.value);
        else picked.delete(box.value);
      }
    } else if (!event.target.matches("[data-pick-all]")) return;
    showPicks();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-unpick]")) return;
    // After the form has been read.
    setTimeout(() => {
      picked.clear();
      const form = picking();
      if (form) form.querySelector("[data-pick-all]").checked = false;
      showPicks();
    });
  });
  for (const moved of ["htmx:sse:after:message", "htmx:after:swap"]) document.addEventListener(moved, showPicks);
  showPicks();
})();
