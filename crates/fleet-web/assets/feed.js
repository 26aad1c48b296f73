// The feed of a page: held still while somebody reads, going on downwards, and never larger than it has to be. Rows come
// from the page's stream at their head; without this file they just come.
(() => {
  "use strict";
  // Rows that an open page keeps, and those that somebody who goes back may gather below them.
  const KEPT = 100;
  const GATHERED = 1000;
  // Milliseconds until older rows that could not be read are asked for again.
  const RETRIED_AFTER = 5000;

  const feed = document.querySelector("[data-feed]");
  const list = feed?.querySelector("#feed-rows");
  if (!list) return;
  const hold = feed.querySelector("[data-feed-hold]");
  const state = feed.querySelector("[data-feed-state]");
  const show = feed.querySelector("[data-feed-show]");
  const older = feed.querySelector(".feed-older");
  const live = document.getElementById("live");

  const isRow = (node) => node.nodeType === 1 && node.id.startsWith("act-");
  const seq = (row) => Number(row.id.slice("act-".length));
  const rows = () => [...list.children].filter(isRow);

  // What came while the feed was held, the newest first; and whether it does not reach down to what is shown.
  let waiting = [];
  let isTorn = false;
  let isOver = false;

  const isHeldByHand = () => hold.getAttribute("aria-pressed") === "true";
  const isReading = () => isOver || list.contains(document.activeElement) || list.getBoundingClientRect().top < -40;
  const isHeld = () => live !== null && (isHeldByHand() || isReading());

  // Where older rows are than the last one that is shown.
  const rearm = () => {
    const last = rows().at(-1);
    if (!last || !feed.dataset.feed) return;
    const address = new URL(feed.dataset.feed, location.href);
    address.searchParams.set("before", seq(last));
    older.firstElementChild.setAttribute("href", address.pathname + address.search);
    older.hidden = false;
  };

  const trim = (most) => {
    const surplus = rows().slice(most);
    if (surplus.length === 0) return;
    for (const row of surplus) row.remove();
    rearm();
  };

  const tell = () => {
    const count = isTorn ? `${KEPT} or more` : `${waiting.length}`;
    show.hidden = waiting.length === 0;
    show.textContent = `Show ${count} new`;
    const words = isHeldByHand() ? "Held" : isHeld() ? "Held while you read" : "";
    if (state.textContent !== words) state.textContent = words;
  };

  // Puts what waits where it belongs. What does not reach down to the rows that are shown takes their place.
  const release = () => {
    if (waiting.length === 0) return;
    if (isTorn) for (const row of rows()) row.remove();
    const came = waiting;
    [waiting, isTorn] = [[], false];
    list.prepend(...came);
    watcher.takeRecords();
    trim(KEPT);
    if (came.length >= KEPT) rearm();
  };

  const look = () => {
    if (!isHeld()) release();
    tell();
  };

  // What the stream brought has just been put into the list, and nobody has seen it yet.
  const arrived = (records) => {
    const gone = records.flatMap((record) => [...record.removedNodes]).filter((node) => isRow(node) && !node.isConnected);
    const came = new Set(records.flatMap((record) => [...record.addedNodes]).filter((node) => isRow(node) && node.isConnected));
    if (came.size === 0) return;
    // A feed that was begun anew does not join on to what there was.
    const isAnew = gone.length > 0 && rows().every((row) => came.has(row));
    const known = new Set([...rows().filter((row) => !came.has(row)), ...waiting].map((row) => row.id));
    const fresh = rows().filter((row) => came.has(row) && !known.has(row.id));
    // What waits goes before what came later, also when the feed was let go a moment ago and no event has told so yet.
    if (isHeld() || waiting.length > 0) {
      for (const row of came) row.remove();
      if (isAnew) {
        list.prepend(...gone);
        [waiting, isTorn] = [fresh, true];
      } else {
        waiting = [...fresh, ...waiting];
      }
      if (waiting.length > KEPT) [waiting, isTorn] = [waiting.slice(0, KEPT), true];
      if (!isHeld()) release();
    } else {
      for (const row of came) if (!fresh.includes(row)) row.remove();
      if (isAnew) {
        [waiting, isTorn] = [[], false];
        rearm();
      }
      trim(KEPT);
    }
    watcher.takeRecords();
    tell();
  };
  const watcher = new MutationObserver(arrived);
  watcher.observe(list, { childList: true });

  hold.addEventListener("click", () => {
    hold.setAttribute("aria-pressed", String(!isHeldByHand()));
    look();
  });
  show.addEventListener("click", () => {
    release();
    if (list.getBoundingClientRect().top < 0) feed.scrollIntoView({ block: "start" });
    tell();
  });
  list.addEventListener("pointerenter", (event) => {
    // A finger that has tapped is not there any more.
    isOver = event.pointerType === "mouse";
    look();
  });
  list.addEventListener("pointerleave", () => {
    isOver = false;
    look();
  });
  list.addEventListener("focusin", look);
  list.addEventListener("focusout", () => setTimeout(look));
  addEventListener("scroll", look, { passive: true });

  // Older rows come by themselves when the end comes into sight.
  let isLoading = false;
  let retry;
  const goOn = async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting) || isLoading || older.hidden || rows().length >= GATHERED) return;
    isLoading = true;
    let hasCome = false;
    const link = older.firstElementChild;
    try {
      const answer = await fetch(link.href);
      // Whose sign-in is over is led to a page of another kind; the link leads there as well.
      if (!answer.ok || answer.redirected) throw new Error("there are no rows in it");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const known = new Set(rows().map((row) => row.id));
      const more = [...page.querySelectorAll("#feed-rows > li")].filter((row) => isRow(row) && !known.has(row.id));
      list.append(...more);
      watcher.takeRecords();
      for (const row of more) globalThis.htmx?.process(row);
      const next = page.querySelector(".feed-older:not([hidden]) a");
      if (next) link.setAttribute("href", next.getAttribute("href"));
      older.hidden = !next;
      hasCome = true;
    } catch {
      // The link is there still; it leads to a page.
    } finally {
      isLoading = false;
    }
    // Where the end is still in sight, go on; but whoever could not be asked is left in peace for a while.
    const lookAgain = () => {
      nearEnd.unobserve(older);
      nearEnd.observe(older);
    };
    clearTimeout(retry);
    if (hasCome) lookAgain();
    else retry = setTimeout(lookAgain, RETRIED_AFTER);
  };
  const nearEnd = new IntersectionObserver(goOn, { rootMargin: "200px" });
  nearEnd.observe(older);

  // Details open under their row, and close again.
  list.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest(".row-open");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const place = document.getElementById(link.getAttribute("aria-controls"));
      if (link.getAttribute("aria-expanded") !== "true") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      place.replaceChildren();
      link.setAttribute("aria-expanded", "false");
    },
    true,
  );
  list.addEventListener("htmx:after:swap", () => {
    for (const link of list.querySelectorAll(".row-open")) {
      const place = document.getElementById(link.getAttribute("aria-controls"));
      link.setAttribute("aria-expanded", String(place.childElementCount > 0));
    }
  });

  trim(KEPT);
  tell();
})();
