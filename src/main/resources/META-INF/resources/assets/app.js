// What the page does beyond htmx: relative times, the confirmation in place, and what a reader has opened stays open.
(() => {
  "use strict";
  const MINUTE = 60, HOUR = 3600, DAY = 86400;
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

  function ago(seconds) {
    const size = Math.abs(seconds);
    if (size < 5) return "just now";
    if (size < MINUTE) return relative.format(Math.round(seconds), "second");
    if (size < HOUR) return relative.format(Math.round(seconds / MINUTE), "minute");
    if (size < DAY) return relative.format(Math.round(seconds / HOUR), "hour");
    return relative.format(Math.round(seconds / DAY), "day");
  }

  function length(seconds) {
    const s = Math.max(0, Math.round(seconds));
    if (s < MINUTE) return `${s} s`;
    if (s < HOUR) return `${Math.floor(s / MINUTE)} min ${String(s % MINUTE).padStart(2, "0")} s`;
    if (s < DAY) return `${Math.floor(s / HOUR)} h ${String(Math.floor((s % HOUR) / MINUTE)).padStart(2, "0")} min`;
    return `${Math.floor(s / DAY)} d ${Math.floor((s % DAY) / HOUR)} h`;
  }

  function times() {
    for (const time of document.querySelectorAll("time[datetime]")) {
      const at = Date.parse(time.dateTime);
      if (Number.isNaN(at)) continue;
      const text = "since" in time.dataset ? length((Date.now() - at) / 1000) : ago((at - Date.now()) / 1000);
      if (time.textContent !== text) time.textContent = text;
      if (!time.dataset.exact) {
        time.dataset.exact = "yes";
        time.title = exact.format(at);
      }
    }
  }

  function offers() {
    for (const button of document.querySelectorAll("button[data-copy][hidden]")) {
      button.hidden = !navigator.clipboard;
    }
  }

  function live(state, text) {
    const sign = document.querySelector(".live");
    if (sign && sign.dataset.live !== state) {
      sign.dataset.live = state;
      sign.textContent = text;
    }
  }

  // Of the attempts the newest is the first, so that it is counted from the last.
  function opened(root) {
    return [...root.querySelectorAll("details")].reverse().map((details) => details.open);
  }

  function open(root, before) {
    [...root.querySelectorAll("details")].reverse().forEach((details, i) => { details.open = before[i] || details.open; });
  }

  function anew() {
    const main = document.querySelector("main[sse-connect]");
    if (main) htmx.ajax("GET", location.pathname + location.search, { target: main, select: "#main", swap: "outerHTML" });
  }

  async function confirmation(link) {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector(".confirm");
    if (!content) {
      location.href = link.href;
      return;
    }
    const dialog = document.getElementById("dialog");
    dialog.replaceChildren(document.adoptNode(content));
    times();
    dialog.showModal();
  }

  // A stream that is refused may be so because the sign-in is no longer good. Then it must not be tried again and again: each try
  // would count as a sign-in that has failed.
  async function signedOut() {
    const answer = await fetch("/api/caller", { headers: { Accept: "application/json" } });
    if (answer.status !== 401 && answer.status !== 403) return;
    const main = document.getElementById("main");
    if (!main.hasAttribute("sse-connect")) return;
    main.removeAttribute("sse-connect");
    clearTimeout(reconnecting);
    live("off", "not live");
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.setAttribute("role", "alert");
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = "Sign in again";
    notice.append("You are no longer signed in, so this page shows nothing new. ", link, ".");
    main.prepend(notice);
  }

  // A browser opens six connections to a service at most, so a page that is not seen gives up its own.
  const PATIENCE = 3000;
  let source, closing, reconnecting;
  const wasOpen = new Map();
  document.addEventListener("htmx:sseOpen", (event) => {
    source = event.detail.source;
    clearTimeout(reconnecting);
    reconnecting = 0;
    live("on", "live");
  });
  document.addEventListener("htmx:sseError", () => {
    reconnecting ||= setTimeout(() => live("off", "reconnecting"), PATIENCE);
    signedOut().catch(() => {});
  });
  document.addEventListener("htmx:sseMessage", (event) => {
    const main = document.querySelector("main[sse-connect]");
    if (main && event.detail.lastEventId) {
      const feed = new URL(main.getAttribute("sse-connect"), location.href);
      feed.searchParams.set("state", event.detail.lastEventId);
      main.setAttribute("sse-connect", feed.pathname + feed.search);
    }
  });
  document.addEventListener("visibilitychange", () => {
    clearTimeout(closing);
    if (document.hidden) {
      closing = setTimeout(() => { if (source) source.close(); }, PATIENCE);
    } else if (source && source.readyState === EventSource.CLOSED) {
      anew();
    }
  });
  for (const swap of ["htmx:beforeSwap", "htmx:oobBeforeSwap"]) {
    document.addEventListener(swap, ({ detail, target }) => {
      const old = detail.target || target;
      wasOpen.set(old.id, opened(old));
    });
  }
  for (const swap of ["htmx:afterSwap", "htmx:oobAfterSwap"]) {
    document.addEventListener(swap, ({ detail, target }) => {
      const id = (detail.target || target).id;
      const now = id && document.getElementById(id);
      if (!now) return;
      open(now, wasOpen.get(id) || []);
      wasOpen.delete(id);
      offers();
      times();
    });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      confirmation(link).catch(() => { location.href = link.href; });
    }
    if (event.target.closest("[data-close]") && document.getElementById("dialog").open) {
      event.preventDefault();
      document.getElementById("dialog").close();
    }
    const copy = event.target.closest("button[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent).then(() => { copy.textContent = "Copied"; });
    }
  });
  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll("button")) button.disabled = true;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  times();
  offers();
  setInterval(times, 1000);
})();
