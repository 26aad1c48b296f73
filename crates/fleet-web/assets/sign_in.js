// What an open page does when its sign-in is over: it says so, with the way back, and stops asking for news.
(() => {
  "use strict";

  const live = document.getElementById("live");
  const notices = document.getElementById("notice");
  if (!live || !notices) return;

  // The notice as the server writes it, for a stream that is only told by its status.
  const say = () => {
    const notice = document.createElement("div");
    notice.className = "notice notice-bad";
    notice.dataset.notice = "stay";
    notice.dataset.signedOut = "";
    const strong = document.createElement("strong");
    strong.textContent = "You are signed out.";
    const way = document.createElement("a");
    way.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
    way.textContent = "Sign in again";
    notice.append(strong, " What this page shows does not move any more. ", way);
    notices.replaceChildren(notice);
  };

  live.addEventListener("htmx:sse:error", (event) => {
    if (event.detail.status === 401) say();
  });

  new MutationObserver(() => {
    if (!notices.querySelector("[data-signed-out]")) return;
    live.remove();
    const link = document.querySelector("[data-link]");
    if (!link) return;
    link.dataset.link = "out";
    link.textContent = "Signed out";
  }).observe(notices, { childList: true });
})();
