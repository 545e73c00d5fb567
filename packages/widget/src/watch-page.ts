/**
 * Tells when the page goes out of sight, which may be the last that is heard of it, and when there is reason
 * to try again. Gives back how to stop listening. Where there is no page, nothing happens.
 *
 * `unload` and `beforeunload` are not listened to: phones do not fire them, and they keep a page from being
 * restored when the user goes back.
 */
export const watchPage = (onHide: () => void, onReturn: () => void): (() => void) => {
  if (typeof document === "undefined" || typeof window === "undefined") return () => {};
  const listening = new AbortController();
  const { signal } = listening;
  const onVisibility = () => (document.visibilityState === "hidden" ? onHide() : onReturn());
  document.addEventListener("visibilitychange", onVisibility, { signal });
  window.addEventListener("pagehide", onHide, { signal });
  window.addEventListener("pageshow", onReturn, { signal });
  window.addEventListener("online", onReturn, { signal });
  return () => listening.abort();
};
