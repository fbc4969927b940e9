// Where the things that a chart names are shown.
import { hrefOf } from "../address";

export function claimHref(claim: string): string {
  return hrefOf("claims", { claim });
}

export function factHref(fact: string): string {
  return hrefOf("sources", { fact });
}

export function modelHref(model: string): string {
  return hrefOf("sources", { part: "methods", model });
}
