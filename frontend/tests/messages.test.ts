import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseLanguage, date, duration, label, note, number, percent, share, slug, t, unit, use, value } from "../src/messages";

const CATALOGUE = `
greeting = Hello, { $name }
futures = { $count ->
    [one] { $count } future
   *[other] { $count } futures
}
quantity-debt_ratio = Public debt over GDP
label-sector-basic-metals = basic metals
sector-steel = steel
answer-holds = holds
basis-schedule = schedule model
basis-power = power model
price-base = { $currency } of { $year }
unit-million-money-year = million { $base } a year
unit-mw = MW
state-never = never
state-seconds = { $count } s
state-minutes = { $count } min
state-hours = { $count } h
note-proved = within { NUMBER($gap, style: "percent", maximumFractionDigits: 3) }
note-late = { $quantity } is late since { $year }
`;
const SERBIAN = `
futures = { $count ->
    [one] { $count } будућност
    [few] { $count } будућности
   *[other] { $count } будућности (много)
}
state-never = никад
`;

let told: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  use("en", CATALOGUE);
});
afterEach(() => told.mockRestore());

describe("messages", () => {
  it("fill in arguments, without marks around them", () => {
    expect(t("greeting", { name: "Ada" })).toBe("Hello, Ada");
    expect(t("futures", { count: 1 })).toBe("1 future");
    expect(t("futures", { count: 1000 })).toBe("1,000 futures");
    expect(told).not.toHaveBeenCalled();
  });
  it("show a missing key and tell of it once", () => {
    expect([t("no-such-key"), t("no-such-key")]).toEqual(["no-such-key", "no-such-key"]);
    expect(told).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledWith("messages: en has no no-such-key");
  });
  it("tell of a missing argument and still say something", () => {
    expect(t("greeting")).toContain("Hello");
    expect(told).toHaveBeenCalledTimes(1);
  });
  it("count as the language counts", () => {
    use("sr-Cyrl", SERBIAN);
    expect([1, 2, 5, 21].map((count) => t("futures", { count }))).toEqual([
      "1 будућност",
      "2 будућности",
      "5 будућности (много)",
      "21 будућност",
    ]);
  });
});

describe("names", () => {
  it("are slugged as in Python", () => {
    expect(slug("million money / year")).toBe("million-money-year");
    expect(slug("not modelled")).toBe("not-modelled");
    expect(slug("tonne_CO2 / MWh")).toBe("tonne-co2-mwh");
  });
  it("say labels by dimension, by kind, or as they are", () => {
    expect(label("sector", "basic metals")).toBe("basic metals");
    expect(label("sector", "steel")).toBe("steel");
    expect(label("basis", "schedule+power")).toBe("schedule model + power model");
    expect(label("partner", "Ruritania")).toBe("Ruritania");
  });
  it("say units with the money of the pack", () => {
    expect(unit("million EUR_2025 / year")).toBe("million EUR of 2025 a year");
    expect(unit("MW")).toBe("MW");
    expect(unit("1")).toBe("");
  });
  it("give a note its year without a thousands sign and its quantity by title", () => {
    expect(note({ key: "note-late", arguments: { quantity: "debt_ratio", year: 2030 } })).toBe("Public debt over GDP is late since 2030");
  });
});

describe("numbers and dates by language", () => {
  it.each([
    ["en", "1,234,568", "12.5%", "1 Jun 2027"],
    ["sr-Cyrl", "1.234.568", "12,5%", "1. јун 2027."],
    ["sr-Latn", "1.234.568", "12,5%", "1. jun 2027."],
    ["zh-Hans", "1,234,568", "12.5%", "2027年6月1日"],
  ] as const)("%s", (code, large, share, day) => {
    use(code, CATALOGUE);
    expect(number(1234567.8)).toBe(large);
    expect(percent(0.125, 1).replace(/\s/, "")).toBe(share);
    expect(date("2027-06-01")).toBe(day);
  });
  it("says dates as exactly as they are known", () => {
    expect([date("2030"), date("2027-06"), date("2030-H1"), date("never"), date("")]).toEqual(["2030", "Jun 2027", "2030-H1", "never", "–"]);
    expect(date(2030.5)).toBe("2 Jul 2030");
  });
  it("says numbers with the digits they are worth, and nothing where nothing is known", () => {
    expect([number(0.012345), number(12.345), number(123.45), number(1e6), number(0), number(null), number("never")]).toEqual([
      "0.0123",
      "12.3",
      "123.5",
      "1,000,000",
      "0",
      "–",
      "never",
    ]);
  });
  it("does not say none of few", () => {
    expect([share(0), share(0.001), share(0.5), share(0.9996), share(1), share(null)]).toEqual(["0%", "0.1%", "50%", "99.96%", "100%", "–"]);
  });
  it("says values by kind", () => {
    expect([value(0.48, "share", "1"), value(0.0123, "share", "1"), value("2030-05-01", "date", ""), value(200, "level", "MW")]).toEqual([
      "48%",
      "1.2%",
      "1 May 2030",
      "200 MW",
    ]);
  });
  it("says durations", () => {
    expect([duration(4), duration(600), duration(9000), duration(null)]).toEqual(["4 s", "10 min", "2.5 h", "–"]);
  });
});

describe("the language", () => {
  it("is the one asked for, else the browser's, else English", () => {
    expect(chooseLanguage("zh-Hans", ["sr"])).toBe("zh-Hans");
    expect(chooseLanguage("", ["sr-Latn-RS", "en"])).toBe("sr-Latn");
    expect(chooseLanguage("", ["sr", "en"])).toBe("sr-Cyrl");
    expect(chooseLanguage("xx", ["de", "zh-CN"])).toBe("zh-Hans");
    expect(chooseLanguage("", ["de"])).toBe("en");
  });

  it("writes percents where a message wants them", () => {
    use("en", CATALOGUE);
    expect(t("note-proved", { gap: 0.00008 })).toBe("within 0.008%");
  });
});
