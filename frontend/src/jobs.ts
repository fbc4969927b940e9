// Following a job: told by the server as it goes on, or asked for every second where that does not come through.
import { get } from "./data";
import type { Job } from "./types";

const OVER = new Set(["done", "failed", "stopped"]);

export function isOver(job: Job): boolean {
  return OVER.has(job.state);
}

/** Tell of a job until it is over; returns what ends the following. */
export function follow(name: string, told: (job: Job) => void, failed: (error: unknown) => void): () => void {
  const path = `/api/jobs/${encodeURIComponent(name)}`;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;

  function end() {
    ended = true;
    clearTimeout(timer);
    source?.close();
  }
  function hear(job: Job) {
    if (ended) return;
    told(job);
    if (isOver(job)) end();
  }
  function ask() {
    get<Job>(path, true)
      .then((job) => {
        hear(job);
        if (!ended) timer = setTimeout(ask, 1000);
      })
      .catch((error: unknown) => {
        if (ended) return;
        failed(error);
        timer = setTimeout(ask, 3000);
      });
  }

  if (typeof EventSource === "undefined") ask();
  else {
    source = new EventSource(`${path}/events`);
    source.onmessage = (event: MessageEvent<string>) => hear(JSON.parse(event.data) as Job);
    source.onerror = () => {
      source?.close();
      if (!ended) ask();
    };
  }
  return end;
}
