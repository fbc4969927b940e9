### Messages of Morava in English.
### sr-Cyrl.ftl and zh-Hans.ftl hold the same keys with the same arguments; Serbian in Latin follows from the Cyrillic.
### Titles of quantities stand in the glossary.

## Languages
language-en = English
language-sr-cyrl = Српски
language-sr-latn = Srpski
language-zh-hans = 简体中文

## Answers of verdicts
answer-holds = holds
answer-fails = fails
answer-hinges = hinges on what nobody chooses
answer-confirmed = confirmed by evidence
answer-partly = partly so, by evidence
answer-contradicted = contradicted by evidence
answer-unverified = no evidence found
answer-not-modelled = not modelled
answer-opinion = opinion, which nothing can decide

## What a verdict rests on
basis-none = nothing
basis-opinion = opinion
basis-evidence = evidence
basis-facts = facts
basis-schedule = schedule model
basis-projects = projects model
basis-spending = spending model
basis-money = money models
basis-debt = debt model
basis-economy = economy model
basis-trade = trade model
basis-power = power system model
basis-adequacy = adequacy model
basis-adequacy-chronological = hour-by-hour adequacy model
basis-dependence = dependence model
basis-coupling = coupled models

## What is known of a fact, an initiative or a financing
status-measured = measured
status-reported = reported
status-planned = planned
status-derived = derived
status-assumed = assumed
status-announced = announced
status-negotiating = negotiating
status-signed = signed
status-building = building
status-operating = operating
status-delivered = delivered
status-cancelled = cancelled

## Stages of agreements
stage-announced = announced
stage-signed = signed
stage-in-force = in force
stage-realised = realised
stage-ended = ended

## Legal force of agreements
force-binding = binding
force-not-binding = not binding
force-unknown = not known

## Kinds of claims
kind-fact = fact
kind-commitment = commitment
kind-target = target
kind-project = project
kind-causal-claim = causal claim
kind-opinion = opinion

## Kinds of conflicts
kind-scope = different scope
kind-vintage = different vintage
kind-unit-error = unit error
kind-plan-against-actual = plan against actual
kind-genuine = genuine conflict

## Kinds of promised dates
kind-first-promise = first promise
kind-later-promise = later promise
kind-actual = actual date

## Kinds of financing
kind-state = state money
kind-company = company money
kind-grant = grant
kind-foreign-investment = foreign investment
kind-loan-to-the-state = loan to the state
kind-loan-to-a-company = loan to a company
kind-loan-to-another-state = loan to another state

## Kinds of agreements
kind-free-trade-agreement = free trade agreement
kind-memorandum = memorandum
kind-agreements-of-a-visit = agreements of a visit
kind-documents-of-a-visit = documents of a visit
kind-intergovernmental-agreements = intergovernmental agreements
kind-documents-of-ministries-and-firms = documents of ministries and firms
kind-joint-statements = joint statements

## Whose words a claim is
voice-article = the article
voice-reader = a reader
voice-quoted = somebody quoted

## The time that a claim speaks of
tense-past = past
tense-present = present
tense-future = future
tense-timeless = at any time

## What the analyst found
evidence-supported = supported
evidence-partly = partly supported
evidence-contradicted = contradicted
evidence-not-found = not found
evidence-untested = untested
evidence-value-judgement = value judgement

## Grades of sources
grade-a = official or academic
grade-b = agency or trade press
grade-c = aggregator or partisan

## How grave a finding is
severity-clear = clear
severity-weak = weak
severity-note = note

## Sectors of claims and initiatives
sector-ai = artificial intelligence
sector-data-centres = data centres
sector-data-centres-energy = data centres and energy
sector-defence-budget = defence budget
sector-defence-procurement = defence procurement
sector-dependence = dependence
sector-diplomacy = diplomacy
sector-diplomacy-economy = diplomacy and economy
sector-economy = economy
sector-economy-labour = economy and labour
sector-energy = energy
sector-energy-coal = energy: coal
sector-energy-gas = energy: gas
sector-energy-grid = energy: grid
sector-energy-hydro = energy: hydropower
sector-energy-market = energy: market
sector-energy-nuclear = energy: nuclear
sector-energy-oil = energy: oil
sector-energy-res = energy: renewables
sector-energy-solar = energy: solar
sector-energy-wind = energy: wind
sector-energy-wind-and-solar = energy: wind and solar
sector-event = events
sector-finance = finance
sector-industry-policy = industrial policy
sector-infrastructure = infrastructure
sector-innovation = innovation
sector-innovation-industry = innovation and industry
sector-investment = investment
sector-labour = labour
sector-manufacturing = manufacturing
sector-mining = mining
sector-money = public money
sector-motorway = motorways
sector-politics = politics
sector-provenance = provenance of the text
sector-rail = railways
sector-reference = reference cases
sector-robotics = robotics
sector-robotics-data-centres = robotics and data centres
sector-society = society
sector-space = space
sector-steel = steel
sector-steel-mining = steel and mining
sector-steel-mining-labour = steel, mining and labour
sector-strategy = strategy
sector-technology = technology
sector-technology-data-governance = technology and data governance
sector-trade = trade
sector-trade-industry = trade and industry
sector-trade-investment = trade and investment
sector-transport = transport
sector-transport-energy = transport and energy

## Rules of coherence
rule-contradictory-targets = Contradictory targets
rule-different-versions = Different values or deadlines for one thing
rule-two-owners = One task with two owners
rule-target-without-indicator = Targets without indicator or baseline
rule-measure-without-cost = Measures without a cost
rule-cost-without-source = Costs without a source of money
rule-sums-and-envelopes = Money against its envelope
rule-broken-order = Dates that break their own order
rule-contradicted-claims = Claims that a fact contradicts
rule-unsourced-past = Statements about the past without a source

## Units of the glossary; $base is said by price-base
price-base = { $currency } of { $year }
unit-1 = { "" }
unit-1-year = a year
unit-1-hour = an hour
unit-1-delta-degc = per °C
unit-percent = percent
unit-money = { $base }
unit-thousand-money = thousand { $base }
unit-million-money = million { $base }
unit-billion-money = billion { $base }
unit-money-year = { $base } a year
unit-million-money-year = million { $base } a year
unit-billion-money-year = billion { $base } a year
unit-money-month = { $base } a month
unit-money-mwh = { $base } per MWh
unit-money-mwh-mw = { $base } per MWh and MW
unit-money-kw = { $base } per kW
unit-money-kw-year = { $base } per kW and year
unit-million-money-mw = million { $base } per MW
unit-million-money-km = million { $base } per km
unit-thousand-money-item = thousand { $base } each
unit-money-tonne-co2 = { $base } per tonne of CO2
unit-w = W
unit-kw = kW
unit-mw = MW
unit-gw = GW
unit-mw-year = MW a year
unit-mwh = MWh
unit-gwh = GWh
unit-twh = TWh
unit-mwh-year = MWh a year
unit-gwh-year = GWh a year
unit-twh-year = TWh a year
unit-mwh-item = MWh each
unit-kv = kV
unit-hour = hours
unit-hour-year = hours a year
unit-month = months
unit-year = years
unit-person = people
unit-item = items
unit-item-year = items a year
unit-km = km
unit-tonne = tonnes
unit-thousand-tonne = thousand tonnes
unit-thousand-tonne-year = thousand tonnes a year
unit-tonne-co2-year = tonnes of CO2 a year
unit-million-tonne-co2-year = million tonnes of CO2 a year
unit-tonne-co2-mwh = tonnes of CO2 per MWh
unit-delta-degc = °C
unit-litre-kwh = litres per kWh
unit-million-litre-year = million litres a year
unit-million-m-3-year = million m³ a year
unit-petaflops = petaFLOPS
unit-day = days
unit-week = weeks
unit-percent-year = percent a year
unit-million-tonne = million tonnes
unit-million-tonne-year = million tonnes a year
unit-billion-m-3-year = billion m³ a year
unit-million-item-year = million items a year

## Labels of the dimension sector
label-sector-agriculture = agriculture
label-sector-all-goods = all goods
label-sector-chemicals = chemicals
label-sector-computing = computing
label-sector-construction = construction
label-sector-electrical = electrical equipment
label-sector-electricity = electricity
label-sector-electronics = electronics
label-sector-energy = energy
label-sector-food = food
label-sector-household = households
label-sector-machinery = machinery
label-sector-non-ferrous-metals = non-ferrous metals
label-sector-ores = ores
label-sector-other-goods = other goods
label-sector-other-services = other services
label-sector-rubber-and-minerals = rubber and minerals
label-sector-services = services
label-sector-steel = steel
label-sector-textiles = textiles
label-sector-trade-and-transport = trade and transport
label-sector-vehicles = vehicles
label-sector-wood-and-paper = wood and paper
label-sector-clocks = clocks
label-sector-copper = copper
label-sector-grain = grain

## Labels of the dimension technology
label-technology-battery = battery storage
label-technology-biofuel = biofuel
label-technology-biomass = biomass
label-technology-coal = coal
label-technology-combined-heat-and-power = combined heat and power
label-technology-demand-response = demand response
label-technology-gas = gas
label-technology-gas-chp = gas, heat and power
label-technology-gas-chp-new = gas, heat and power, new
label-technology-gas-new = gas, new
label-technology-heat-works = heat works
label-technology-hydro = run-of-river hydropower
label-technology-lignite = lignite
label-technology-nuclear = nuclear
label-technology-nuclear-small = small modular reactors
label-technology-oil = oil
label-technology-pumped-storage = pumped storage
label-technology-pumped-storage-new = pumped storage, new
label-technology-reservoir = reservoir hydropower
label-technology-solar = solar
label-technology-wind = wind
label-technology-wood = wood

## Labels of the dimension fuel
label-fuel-gas = natural gas
label-fuel-lignite = lignite
label-fuel-uranium = uranium
label-fuel-wood = wood

## Labels of the dimension region
label-region-albania = Albania
label-region-asia = Asia
label-region-azerbaijan = Azerbaijan
label-region-belarus = Belarus
label-region-bosnia-and-herzegovina = Bosnia and Herzegovina
label-region-cefta = CEFTA
label-region-china = China
label-region-cyprus = Cyprus
label-region-ebrd = EBRD
label-region-eib = EIB
label-region-eu-neighbours = EU neighbours
label-region-european-union = European Union
label-region-eurasian-economic-union = Eurasian Economic Union
label-region-france = France
label-region-gazprom-neft = Gazprom Neft
label-region-germany = Germany
label-region-hungary = Hungary
label-region-international-monetary-fund = International Monetary Fund
label-region-iraq = Iraq
label-region-italy = Italy
label-region-japan = Japan
label-region-montenegro = Montenegro
label-region-north-macedonia = North Macedonia
label-region-norway = Norway
label-region-pakistan = Pakistan
label-region-romania = Romania
label-region-russia = Russia
label-region-serbia = Serbia
label-region-slovenia = Slovenia
label-region-south-korea = South Korea
label-region-spain = Spain
label-region-switzerland = Switzerland
label-region-turkey = Turkey
label-region-united-kingdom = United Kingdom
label-region-united-states = United States
label-region-world = World
label-region-commercial-banks = commercial banks
label-region-foreign-governments = foreign governments
label-region-holders-of-eurobonds = holders of Eurobonds
label-region-holders-of-dinar-securities = holders of dinar securities
label-region-other-asia = other Asia
label-region-other-eu = other EU
label-region-private-investors = private investors
label-region-rest = rest, which no fact splits
label-region-rest-of-the-world = rest of the world
label-region-not-named = not named
label-region-not-found = not found
label-region-ruritania = Ruritania
label-region-eastmark = Eastmark
label-region-northmark = Northmark
label-region-southmark = Southmark
label-region-southern-league = Southern League

## Labels of the dimension partner
label-partner-albania = Albania
label-partner-asia = Asia
label-partner-azerbaijan = Azerbaijan
label-partner-belarus = Belarus
label-partner-bosnia-and-herzegovina = Bosnia and Herzegovina
label-partner-cefta = CEFTA
label-partner-china = China
label-partner-cyprus = Cyprus
label-partner-ebrd = EBRD
label-partner-eib = EIB
label-partner-eu-neighbours = EU neighbours
label-partner-european-union = European Union
label-partner-eurasian-economic-union = Eurasian Economic Union
label-partner-france = France
label-partner-gazprom-neft = Gazprom Neft
label-partner-germany = Germany
label-partner-hungary = Hungary
label-partner-international-monetary-fund = International Monetary Fund
label-partner-iraq = Iraq
label-partner-italy = Italy
label-partner-japan = Japan
label-partner-montenegro = Montenegro
label-partner-north-macedonia = North Macedonia
label-partner-norway = Norway
label-partner-pakistan = Pakistan
label-partner-romania = Romania
label-partner-russia = Russia
label-partner-serbia = Serbia
label-partner-slovenia = Slovenia
label-partner-south-korea = South Korea
label-partner-spain = Spain
label-partner-switzerland = Switzerland
label-partner-turkey = Turkey
label-partner-united-kingdom = United Kingdom
label-partner-united-states = United States
label-partner-world = World
label-partner-commercial-banks = commercial banks
label-partner-foreign-governments = foreign governments
label-partner-holders-of-eurobonds = holders of Eurobonds
label-partner-holders-of-dinar-securities = holders of dinar securities
label-partner-other-asia = other Asia
label-partner-other-eu = other EU
label-partner-private-investors = private investors
label-partner-rest = rest, which no fact splits
label-partner-rest-of-the-world = rest of the world
label-partner-not-named = not named
label-partner-not-found = not found
label-partner-ruritania = Ruritania
label-partner-eastmark = Eastmark
label-partner-northmark = Northmark
label-partner-southmark = Southmark
label-partner-southern-league = Southern League

## Labels of the dimension origin
label-origin-albania = Albania
label-origin-asia = Asia
label-origin-azerbaijan = Azerbaijan
label-origin-belarus = Belarus
label-origin-bosnia-and-herzegovina = Bosnia and Herzegovina
label-origin-cefta = CEFTA
label-origin-china = China
label-origin-cyprus = Cyprus
label-origin-ebrd = EBRD
label-origin-eib = EIB
label-origin-eu-neighbours = EU neighbours
label-origin-european-union = European Union
label-origin-eurasian-economic-union = Eurasian Economic Union
label-origin-france = France
label-origin-gazprom-neft = Gazprom Neft
label-origin-germany = Germany
label-origin-hungary = Hungary
label-origin-international-monetary-fund = International Monetary Fund
label-origin-iraq = Iraq
label-origin-italy = Italy
label-origin-japan = Japan
label-origin-montenegro = Montenegro
label-origin-north-macedonia = North Macedonia
label-origin-norway = Norway
label-origin-pakistan = Pakistan
label-origin-romania = Romania
label-origin-russia = Russia
label-origin-serbia = Serbia
label-origin-slovenia = Slovenia
label-origin-south-korea = South Korea
label-origin-spain = Spain
label-origin-switzerland = Switzerland
label-origin-turkey = Turkey
label-origin-united-kingdom = United Kingdom
label-origin-united-states = United States
label-origin-world = World
label-origin-commercial-banks = commercial banks
label-origin-foreign-governments = foreign governments
label-origin-holders-of-eurobonds = holders of Eurobonds
label-origin-holders-of-dinar-securities = holders of dinar securities
label-origin-other-asia = other Asia
label-origin-other-eu = other EU
label-origin-private-investors = private investors
label-origin-rest = rest, which no fact splits
label-origin-rest-of-the-world = rest of the world
label-origin-not-named = not named
label-origin-not-found = not found
label-origin-ruritania = Ruritania
label-origin-eastmark = Eastmark
label-origin-northmark = Northmark
label-origin-southmark = Southmark
label-origin-southern-league = Southern League

## Labels of the dimension border
label-border-ba = Bosnia and Herzegovina
label-border-bg = Bulgaria
label-border-hr = Croatia
label-border-hu = Hungary
label-border-me = Montenegro
label-border-mk = North Macedonia
label-border-ro = Romania
label-border-xk-al = Kosovo* and Albania
label-border-northmark = Northmark
label-border-southmark = Southmark

## Labels of the dimension lender
label-lender-china = China
label-lender-ebrd = EBRD
label-lender-eib = EIB
label-lender-private-investors = private investors
label-lender-not-found = not found
label-lender-agibot-and-minth = AGIBOT and Minth
label-lender-china-exim = China Exim
label-lender-china-exim-to-hungary = China Exim to Hungary
label-lender-ebrd-to-eps = EBRD to EPS
label-lender-eib-to-eps = EIB to EPS
label-lender-eps = EPS, the power company
label-lender-eu-grant = EU grant
label-lender-french-banks = French banks
label-lender-hbis = HBIS
label-lender-linglong = Linglong
label-lender-mol = MOL
label-lender-minth = Minth
label-lender-wbif-grant = WBIF grant
label-lender-zijin = Zijin
label-lender-firms-of-the-package = firms of the package
label-lender-loan-for-the-purchase = loan for the purchase
label-lender-state-and-a-loan = state and a loan
label-lender-state-budget = state budget
label-lender-state-budget-and-loans = state budget and loans
label-lender-state-loan = state loan
label-lender-green-bank = Green Bank
label-lender-northmark-export-bank = Northmark Export Bank
label-lender-southmark-investors = Southmark Investors

## Labels of the dimension domain
label-domain-arms-2015-2019 = arms imports 2015 to 2019
label-domain-arms-2020-2024 = arms imports 2020 to 2024
label-domain-arms-2021-2025 = arms imports 2021 to 2025
label-domain-compute-2026 = computing power 2026
label-domain-compute-2026-with-the-third-system = computing power 2026 with the third system
label-domain-debt-2025 = public debt 2025
label-domain-export-2023 = exports 2023
label-domain-export-2023-sors = exports 2023 (SORS)
label-domain-import-2023 = imports 2023
label-domain-import-2023-by-origin-sors = imports 2023 by origin (SORS)
label-domain-import-2025 = imports 2025
label-domain-investment-2010-2022 = foreign investment 2010 to 2022
label-domain-investment-2024 = foreign investment 2024
label-domain-investment-2025-jan-sep = foreign investment, January to September 2025
label-domain-programme-finance-2026-2040 = money of the programme 2026 to 2040
label-domain-programme-finance-2026-2045 = money of the programme 2026 to 2045

## Labels of the dimension currency
label-currency-eur = euro
label-currency-rsd = dinar
label-currency-usd = US dollar
label-currency-cny = yuan
label-currency-ruc = crown
label-currency-not-found = not found
label-currency-not-stated = not stated

## Labels of the dimension scenario
label-scenario-accession-2021 = accession, 2021
label-scenario-agreements-end-2021 = agreements end, 2021
label-scenario-agreements-never-made-2021 = agreements never made, 2021
label-scenario-agreements-2021 = agreements, 2021
label-scenario-agreements-2021-deficits-set = agreements, deficits set, 2021
label-scenario-agreements-2021-trade-balanced = agreements, trade balanced, 2021
label-scenario-drift-stops-2021 = drift stops, 2021
label-scenario-gateway-with-origin-2021 = gateway with rules of origin, 2021
label-scenario-gateway-without-origin-2021 = gateway without rules of origin, 2021
label-scenario-industry-more-productive-2021 = industry more productive, 2021
label-scenario-mines-as-they-are-2021 = mines as they are, 2021
label-scenario-other-exports-cheaper-2021 = other exports cheaper, 2021
label-scenario-accession-2024 = accession, 2024
label-scenario-agreements-end-2024 = agreements end, 2024
label-scenario-agreements-never-made-2024 = agreements never made, 2024
label-scenario-agreements-2024 = agreements, 2024
label-scenario-agreements-2024-deficits-set = agreements, deficits set, 2024
label-scenario-agreements-2024-trade-balanced = agreements, trade balanced, 2024
label-scenario-drift-stops-2024 = drift stops, 2024
label-scenario-gateway-with-origin-2024 = gateway with rules of origin, 2024
label-scenario-gateway-without-origin-2024 = gateway without rules of origin, 2024
label-scenario-industry-more-productive-2024 = industry more productive, 2024
label-scenario-mines-as-they-are-2024 = mines as they are, 2024
label-scenario-other-exports-cheaper-2024 = other exports cheaper, 2024
label-scenario-accession-2030 = accession, 2030
label-scenario-agreements-end-2030 = agreements end, 2030
label-scenario-agreements-never-made-2030 = agreements never made, 2030
label-scenario-agreements-2030 = agreements, 2030
label-scenario-agreements-2030-deficits-set = agreements, deficits set, 2030
label-scenario-agreements-2030-trade-balanced = agreements, trade balanced, 2030
label-scenario-drift-stops-2030 = drift stops, 2030
label-scenario-gateway-with-origin-2030 = gateway with rules of origin, 2030
label-scenario-gateway-without-origin-2030 = gateway without rules of origin, 2030
label-scenario-industry-more-productive-2030 = industry more productive, 2030
label-scenario-mines-as-they-are-2030 = mines as they are, 2030
label-scenario-other-exports-cheaper-2030 = other exports cheaper, 2030
label-scenario-carbon-charge-of-the-european-union-2030 = carbon charge of the European Union, 2030
label-scenario-quota-of-the-european-union-2030 = quota of the European Union, 2030
label-scenario-carbon-charge-of-the-southern-league-2030 = carbon charge of the Southern League, 2030
label-scenario-quota-of-the-southern-league-2030 = quota of the Southern League, 2030
label-scenario-withdrawal-of-china-2030 = withdrawal of China, 2030
label-scenario-withdrawal-of-eu-neighbours-2030 = withdrawal of EU neighbours, 2030
label-scenario-withdrawal-of-european-union-2030 = withdrawal of the European Union, 2030
label-scenario-withdrawal-of-germany-2030 = withdrawal of Germany, 2030
label-scenario-withdrawal-of-hungary-2030 = withdrawal of Hungary, 2030
label-scenario-withdrawal-of-italy-2030 = withdrawal of Italy, 2030
label-scenario-withdrawal-of-russia-2030 = withdrawal of Russia, 2030
label-scenario-withdrawal-of-turkey-2030 = withdrawal of Turkey, 2030
label-scenario-withdrawal-of-united-kingdom-2030 = withdrawal of the United Kingdom, 2030
label-scenario-withdrawal-of-united-states-2030 = withdrawal of the United States, 2030
label-scenario-withdrawal-of-other-eu-2030 = withdrawal of other EU, 2030
label-scenario-withdrawal-of-rest-of-the-world-2030 = withdrawal of the rest of the world, 2030
label-scenario-withdrawal-of-eastmark-2030 = withdrawal of Eastmark, 2030
label-scenario-withdrawal-of-northmark-2030 = withdrawal of Northmark, 2030
label-scenario-withdrawal-of-southern-league-2030 = withdrawal of the Southern League, 2030
label-scenario-withdrawal-of-southmark-2030 = withdrawal of Southmark, 2030
label-scenario-accession-2035 = accession, 2035
label-scenario-agreements-end-2035 = agreements end, 2035
label-scenario-agreements-never-made-2035 = agreements never made, 2035
label-scenario-agreements-2035 = agreements, 2035
label-scenario-agreements-2035-deficits-set = agreements, deficits set, 2035
label-scenario-agreements-2035-trade-balanced = agreements, trade balanced, 2035
label-scenario-drift-stops-2035 = drift stops, 2035
label-scenario-gateway-with-origin-2035 = gateway with rules of origin, 2035
label-scenario-gateway-without-origin-2035 = gateway without rules of origin, 2035
label-scenario-industry-more-productive-2035 = industry more productive, 2035
label-scenario-mines-as-they-are-2035 = mines as they are, 2035
label-scenario-other-exports-cheaper-2035 = other exports cheaper, 2035
label-scenario-accession-2039 = accession, 2039
label-scenario-agreements-end-2039 = agreements end, 2039
label-scenario-agreements-never-made-2039 = agreements never made, 2039
label-scenario-agreements-2039 = agreements, 2039
label-scenario-agreements-2039-deficits-set = agreements, deficits set, 2039
label-scenario-agreements-2039-trade-balanced = agreements, trade balanced, 2039
label-scenario-drift-stops-2039 = drift stops, 2039
label-scenario-gateway-with-origin-2039 = gateway with rules of origin, 2039
label-scenario-gateway-without-origin-2039 = gateway without rules of origin, 2039
label-scenario-industry-more-productive-2039 = industry more productive, 2039
label-scenario-mines-as-they-are-2039 = mines as they are, 2039
label-scenario-other-exports-cheaper-2039 = other exports cheaper, 2039
label-scenario-accession-2040 = accession, 2040
label-scenario-agreements-end-2040 = agreements end, 2040
label-scenario-agreements-never-made-2040 = agreements never made, 2040
label-scenario-agreements-2040 = agreements, 2040
label-scenario-agreements-2040-deficits-set = agreements, deficits set, 2040
label-scenario-agreements-2040-trade-balanced = agreements, trade balanced, 2040
label-scenario-drift-stops-2040 = drift stops, 2040
label-scenario-gateway-with-origin-2040 = gateway with rules of origin, 2040
label-scenario-gateway-without-origin-2040 = gateway without rules of origin, 2040
label-scenario-industry-more-productive-2040 = industry more productive, 2040
label-scenario-mines-as-they-are-2040 = mines as they are, 2040
label-scenario-other-exports-cheaper-2040 = other exports cheaper, 2040

## Labels of the dimension closure
label-closure-investment-adjusts = investment adjusts
label-closure-taxes-adjust = taxes adjust

## Labels of the dimension direction
label-direction-export = export
label-direction-import = import

## Labels of the dimension donor
label-donor-croatia-2010 = Croatia, 2010
label-donor-hungary-1993 = Hungary, 1993
label-donor-hungary-2020 = Hungary, 2020
label-donor-northmark-s-ledgers = Northmark's ledgers
label-donor-guild-books = guild books

## Labels of the dimension elasticity_set
label-elasticity-set-caliendo-parro-2015 = Caliendo and Parro, 2015
label-elasticity-set-fontagne-2022 = Fontagné and others, 2022
label-elasticity-set-uniform-4 = four in every sector
label-elasticity-set-another-almanac = another almanac
label-elasticity-set-one-almanac = one almanac

## Labels of the dimension item
label-item-cepii-baci = CEPII BACI
label-item-chinese-customs = Chinese customs
label-item-serbian-statistics = Serbian statistics
label-item-with-china = with China
label-item-with-european-union = with the European Union
label-item-crown-office = Crown Office
label-item-customs-of-northmark = customs of Northmark
label-item-with-northmark = with Northmark
label-item-with-southern-league = with the Southern League

## Labels of the dimension quantile
label-quantile-p10 = P10
label-quantile-p50 = P50
label-quantile-p90 = P90

## Columns of tables
column-year = Year
column-hour = Hour
column-initiative = Initiative
column-stage = Stage
column-envelope = Envelope
column-reference-class = Class of projects
column-sector = Sector
column-technology = Technology
column-partner = Partner
column-domain = Domain
column-region = Region
column-border = Border
column-direction = Direction
column-lender = Lender
column-currency = Currency
column-closure = Who adjusts
column-scenario = Scenario
column-item = Item
column-origin = Origin
column-donor = Accounts of
column-elasticity-set = Elasticities of
column-zone = Zone
column-product = Product
column-weather = Weather year
column-unit = Unit
column-fuel = Fuel
column-receiver = Receiver
column-payer = Payer
column-importer = Importer
column-exporter = Exporter
column-input = Input
column-period = Period
column-month = Month
column-p10 = P10
column-p50 = Median
column-p90 = P90
column-answer = Answer
column-claims = Claims
column-open = Still open
column-basis = Rests on
column-rule = Rule
column-severity = Severity
column-findings = Findings
column-met = In order
column-applicable = Checked
column-status = How it is known
column-facts = Facts
column-grade = Grade
column-source = Source
column-title = Title
column-producer = Publisher
column-published = Published
column-accessed = Read on
column-licence = Licence
column-address = Address
column-conflict = Conflict
column-kind = Kind
column-sides = Sides
column-weights = Weights
column-chosen = Side chosen
column-series = Series
column-quantity = Quantity
column-borrowed = Borrowed from
column-mends = Mends
column-file = File
column-table = Table
column-synthetic = Put together
column-gap = Why it is missing
column-says = What it says
column-claim = Claim
column-paragraph = Paragraph
column-share = Share of futures
column-margin = Margin
column-hinges-on = Hinges on
column-document = Document
column-voice = Voice
column-tense = Tense
column-partners = Partners
column-interval-low = Interval from
column-interval-high = Interval to
column-required-share = Share required
column-margin-unit = Unit of the margin
column-conflicts = Conflicts
column-initiatives = Initiatives
column-lever = Lever
column-at-least = From
column-at-most = To
column-plan = In the plan
column-step = Step
column-model = Model
column-variable = Variable
column-what = What
column-value = Value
column-strategy = Strategy
column-country = Country
column-futures = Futures

## What a run was made from
about-run = Run
about-country = Country
about-strategy = Strategy
about-futures = Futures
about-seed = Seed of the draws
about-price-base = Money
about-as-of = Facts as of
about-version = Version of { $of }

## Charts
chart-country-verdicts = Claims by answer
chart-country-bases = What the verdicts rest on
chart-country-findings = Where the text does not hold together
chart-sources-statuses = How the facts are known
chart-sources-grades = Facts by grade of their source
chart-sources-sources = Sources
chart-sources-conflicts = Conflicts between facts or claims
chart-sources-series = Hourly series
chart-sources-tables = Tables of trade and accounts
chart-sources-gaps = What the pack has not got

## Notes under charts
note-claims = { $claims } { $claims ->
        [one] claim
       *[other] claims
    }, { $tests } { $tests ->
        [one] test
       *[other] tests
    }.
note-futures = { $futures } { $futures ->
        [one] future
       *[other] futures
    }.
note-facts = The models stand on { $facts } { $facts ->
        [one] fact
       *[other] facts
    }; { $assumed } of them are assumed.
note-coherence = The text meets { $met } of { $applicable } criteria of coherence.
note-power-screened = In { $futures } further futures it is answered within { NUMBER($gap, style: "percent", maximumFractionDigits: 2) }.
note-few-futures = Answered in { $futures } of { $of } futures, those in which power was solved.
note-sources = { $facts } { $facts ->
        [one] fact
       *[other] facts
    } from { $sources } { $sources ->
        [one] source
       *[other] sources
    }.

## Titles of method pages
method-schedule = Schedule: when a stage is really done
method-projects = Projects: what they yield
method-spending = Spending: cost, money and lenders
method-economy = The economy, year by year
method-trade = Trade with the world
method-power = The power system
method-adequacy = Adequacy of power
method-debt = Public debt
method-adequacy-chronological = Adequacy of power, hour by hour
method-dependence = Dependence on partners
method-backtest = Back-test: the past foreseen
method-coherence = Coherence of the text
method-complexity = Products and their space
method-coupling = How the models pass to each other
method-economy-data = What the economy rests on
method-gravity = Gravity of trade
method-money = Money and debt
method-power-engine = The engine of the power program
method-sensitivity = Sensitivity: what a result hinges on
method-social-accounts = Social accounts
method-value-added = Value added in trade
method-western-balkans = The power system of the Western Balkans
method-world-table = The world table of trade

## Screens
screen-country = Country
screen-country-about = Where the country goes under the plan, and how many of its claims are so.
screen-sources = Sources and method
screen-sources-about = Every fact, source and conflict that the results rest on, and how each model answers.
report-dates-table = Dates promised and simulated

## Short forms of answers on chips
verdict-holds = holds
verdict-fails = fails
verdict-hinges = hinges
verdict-confirmed = confirmed
verdict-partly = partly so
verdict-contradicted = contradicted
verdict-unverified = unverified
verdict-not-modelled = not modelled
verdict-opinion = opinion

## Navigation
nav-screens = Screens
nav-plan = The plan
nav-world = The country and the world
nav-check = Evidence and runs
nav-claims = Claims before and after
nav-parts = Parts of this screen
nav-pages = Pages

## Screens and what they answer
screen-claims = Claims
screen-claims-about = Every sentence that can be put to the test, with its answer and what the answer rests on.
screen-levers = Levers
screen-levers-about = What changes when an initiative is larger, later or paid otherwise.
screen-initiatives = Initiatives
screen-initiatives-about = When things are really done, at what cost, and which of them hold up the others.
screen-economy = Economy
screen-economy-about = Output, work, wages, prices and public money along the way, each with its band.
screen-trade = Trade
screen-trade-about = Who buys and sells what, and what the agreements change.
screen-power = Power
screen-power-about = Which plants run when, what electricity costs, and whether there is enough of it.
screen-dependence = Dependence
screen-dependence-about = How far the country leans on few partners, domain by domain.
screen-findings = Coherence
screen-findings-about = Where the text does not hold together, before any model is asked.
screen-compare = Compare
screen-compare-about = Two runs beside each other: what differs in what went in, and in what came out.
screen-runs = Runs
screen-runs-about = What was computed on this machine, and how to compute more.
screen-country-verdicts = { $count } { $count ->
        [one] claim
       *[other] claims
    } put to the test

## Parts of the screen of sources
part-overview = Overview
part-facts = Facts
part-conflicts = Conflicts
part-sources = Sources
part-methods = Models

## Buttons and links
action-skip = To the content
action-menu = Menu
action-undo = Undo
action-undo-about = Undo the last choice (Ctrl+Z)
action-light = Light colours
action-dark = Dark colours
action-print = Print
action-try-again = Try again
action-all-claims = All claims
action-all-findings = All findings
action-all-facts = All facts
action-find = Find
action-clear = Clear filters
action-sort = Sort by this column
action-previous = Previous
action-next = Next
action-see-path = See the path over the years
action-start-run = Start a run
action-open-run = Open the run
action-resume = Go on
action-stop = Stop
action-swap = Swap

## More columns
column-hinges = Hinges on
column-evidence = Evidence
column-reason = Reason
column-chart = Chart
column-fact = Fact
column-known-on = Known on
column-vintage = Vintage
column-locator = Place in the source
column-note = Note
column-change = Change

## How a test compares, and what a change does
compare-ratio = as a ratio to
compare-difference = less
compare-without = compared with the same without
verb-set = set to
verb-scale = times
verb-add = plus

## What the page says of itself
state-run = Run
state-run-choice = { $strategy } · { $futures } { $futures ->
        [one] future
       *[other] futures
    } · { $made }
state-language = Language
state-country = Country
state-strategy = Strategy
state-futures = Futures
state-futures-failed = { $count } failed
state-seed = Seed
state-as-of = As of
state-price-base = Prices of
state-private = Everything is computed and shown on this machine. Nothing leaves it.
state-private-report = This file holds all of its data. It sends nothing and asks for nothing.
state-headlines = Headline numbers
state-loading = Loading
state-never = never
state-all = all
state-seconds = { $count } { $count ->
        [one] second
       *[other] seconds
    }
state-minutes = { $count } { $count ->
        [one] minute
       *[other] minutes
    }
state-hours = { $count } { $count ->
        [one] hour
       *[other] hours
    }

## Why something is not shown
state-offline = No answer from Morava
state-offline-about = This page asks the program on your own machine. It may have been stopped: start `morava serve` again, then try again.
state-offline-note = The browser says that it is offline. This page needs only the program on your own machine.
state-missing = Not in this run
state-missing-about = The run or this part of it is not there.
state-refused = This cannot be shown
state-refused-about = Morava refused the request, and says why.
state-failed = Something went wrong
state-failed-about = This is a fault of Morava or of the data, not yours.
state-what = What
state-where = Where
state-mend = What mends it
error-not-in-report = This report does not hold that part. Make the report again, or open the run with `morava serve`.
state-empty-screen = This run has nothing for this screen.

## Bands and shares
state-band = 80% of futures: { $low } to { $high }
state-share = so in { $share } of futures ({ $low } to { $high })
state-share-alone = so in { $share }
state-no-share = no share of futures
state-required = To hold, it must be so in { $share }.
state-interval = 95% interval { $low } to { $high }
state-bound = Bound
state-median = Median
state-at-least = at least { $value }
state-at-most = at most { $value }
state-by = by { $date }
state-not-before = not before { $date }
state-against = Median { $middle }, 80% of futures from { $low } to { $high }; bound: { $bound }

## The screen of claims
state-claims-shown = { $shown } of { $all } claims
state-no-claims = No claim fits these filters.
state-open = more futures would decide
state-open-about = The interval crosses a threshold: more futures would decide.
state-place = { $place } of { $all }
state-the-claim = Answer: { $answer }.
state-rests-on = This rests on: { $basis }.
state-awaits = Awaits
state-own-document = From your own copy of the document
state-characters = characters { $start } to { $length } on
state-hinges-about = The share of the variance of the result that each uncertainty explains alone.
state-tests = { $count } { $count ->
        [one] test
       *[other] tests
    }
state-promises = History of announced dates
state-promises-about = Every date that was named for a milestone, in the order in which it was said.
state-said = said { $date }
state-finish = Done, simulated
state-latest-promise = Latest announced date
state-kept-in = kept in { $share } of futures
state-cancelled = Cancelled in
state-financing = Paid by
state-changes = What it changes
state-spread = Other people's tables
state-spread-about = The same test under each choice of data that nobody can settle.
state-foreseen = How well this was foreseen in the past
state-foreseen-about = The same model on past years, scored against what then came.
state-skill = skill against the trend { $skill }
state-closure = Who adjusts
state-facts = Facts
state-models = Models
state-known-on = known on { $date }

## Conflicts
state-side = Side { $number }
state-counts = counts
state-drawn = drawn anew in every future
state-reading = Reading
state-no-conflicts = No conflict fits.

## Coherence
state-coherence = { $met } of { $applicable } checks are in order
state-no-findings = Nothing found.
state-nothing-to-check = nothing to check
state-shown = { $shown } of { $all }

## Facts
state-range = { $first } to { $last } of { $all } facts
state-no-facts = No fact fits.
state-as-printed = As printed
state-in-base = In the unit of the models
state-same-quantity = Other facts on this
state-gives = Gives

## Compare
state-first-run = First run
state-second-run = Second run
state-one-run = There is only one run to show. Make a second one, of another strategy or with other levers, to compare.
state-inputs-differ = What differs in what went in
state-nothing-differs = Nothing differs.
state-bands-beside = Headlines beside each other
state-only-in-one = What only one of the runs has
state-not-in-run = not in this run
state-medians-about = Of every quantity, the place where its median moved most.
input-country = Country
input-strategy = Strategy
input-futures-file = File of uncertainties
input-futures = Futures
input-seed = Seed
input-chunk-size = Futures in a part
input-power-futures = Futures with the power program
input-power-years = Years of the power program
input-power-weeks = Weeks of the power program
input-power-check = Futures checked on all hours
input-power-screened = Futures screened
input-country-hash = What the country pack holds
input-strategy-hash = What the strategy holds
input-futures-hash = What the uncertainties hold
input-code-hash = Code of the models
input-versions = Libraries

## Runs and jobs
state-first-title = Make the first run
state-first-about = There is no run on this machine yet. A run draws many futures, simulates the plan in each, and puts every claim to the test.
state-new-run = Make a run
state-new-run-about = A run simulates the plan in many futures: when things are really done, what the economy, trade and power do, and in how many futures each claim is so. It is kept on this machine and can be stopped and resumed.
state-cost-asked = Asking what it costs
state-cost = About { $time } on this machine, in { $chunks } parts.
state-cost-unknown = { $chunks } parts. How long they take on this machine is not known yet.
state-cost-there = This run is there already: starting it only opens it.
state-runs-there = { $count } { $count ->
        [one] run
       *[other] runs
    } on this machine
state-made = Begun
state-actions = Actions
state-levers-moved = { $count } { $count ->
        [one] lever
       *[other] levers
    } moved
state-old-run = made with another version
state-finished = finished
state-shown-now = shown now
state-stop-about = What is done is kept.
job-waiting = Waiting for another run
job-running = Running
job-done = Done
job-failed = Failed
job-stopped = Stopped
job-of = { $strategy }, { $futures } futures, run
job-progress = { $done } of { $total } parts ({ $share })
job-left = about { $left } left
choice-year = Year
choice-week = Week
choice-zone = Zone
state-how-sure = How this is known
state-state = State

## Choices of screens
choice-future = Future
choice-partner = Partner
choice-item = Counted by
choice-scenario = Scenario
choice-domain = Domain
choice-envelope = Envelope
choice-quantity = Quantity

## Titles of charts of screens
chart-power-dispatch = Dispatch of a week
chart-power-border-import = Imports of power by border
chart-power-border-export = Exports of power by border
chart-power-proof = How the answers of the power program are proved
chart-power-claims = Claims about power
chart-economy-wage-promises = Wages that were promised
chart-economy-foreseen = How well the past was foreseen
chart-economy-residuals = How closely the models balance and agree
chart-economy-claims = Claims about the economy and public debt
chart-trade-partners = Exports, imports and balance by partner
chart-trade-balance-of-office = Balance of goods by the chosen office
chart-trade-value-added-home = Part of exports that is earned at home
chart-trade-claims = Claims about trade
chart-initiatives-timeline = When initiatives and their stages end
chart-initiatives-slip-ledger = Announced dates and how they moved
chart-initiatives-envelopes = Envelopes: set aside, spent and left
chart-initiatives-money-claims = Claims about money
chart-dependence-largest = Largest partner of every domain
chart-dependence-share-of-partner = Share of the chosen partner in every domain
chart-dependence-withdrawals = Real income when a partner stops trading
chart-dependence-border-lost = Added loss of load with one border out of order
chart-dependence-claims = Claims about dependence
chart-compare-inputs = What went in differently
chart-compare-verdicts = Verdicts that moved
chart-compare-medians = Medians that moved
chart-compare-only-in = What only one of the runs holds

## Columns of screens
column-mean = Mean
column-power = Power
column-method = Method
column-future = Future
column-solved = Solved
column-share-of-hours = Share of the hours
column-share-of-futures = Share of futures
column-test = Test
column-variant = With or without
column-promised-value = Promised
column-score = Score
column-foreseen = Result
column-skill = Skill
column-coverage = Coverage of the 80% band
column-effective-years = Independent years
column-flow = Flow
column-promised = Promised
column-kept = Kept in futures
column-cancelled = Given up in futures
column-critical = Critical in futures
column-milestone = Milestone
column-said = Said
column-as-written = As written
column-promise-kind = Kind of statement
column-moved = Moved by
column-moved-in-all = Moved in all
column-part-of = Part of
column-first-year = From
column-last-year = To
column-amount = Amount
column-spent-p10 = Spent, P10
column-spent-p50 = Spent, median
column-spent-p90 = Spent, P90
column-left-p10 = Left, P10
column-left-p50 = Left, median
column-left-p90 = Left, P90
column-cost-p10 = Whole cost, P10
column-cost-p50 = Whole cost, median
column-cost-p90 = Whole cost, P90
column-within = Within it in futures
column-run = Run
column-one = First run
column-other = Second run
column-answer-one = Answer, first run
column-answer-other = Answer, second run
column-share-one = Share, first run
column-share-other = Share, second run
column-median-one = Median, first run
column-median-other = Median, second run
column-moved-by = Moved by
column-where = Where
column-side = Held by

## Labels of charts
label-technology-net-import = net imports
label-technology-charging = charging of storage
label-technology-moved-load = moved load of data centres
label-technology-unserved = unserved demand
label-method-simple = from the distribution of outages
label-method-simulated = simulated hour by hour
label-method-sampling-low = simulated, lower bound of sampling
label-method-sampling-high = simulated, upper bound of sampling
label-solved-exact = exactly
label-solved-screened = within one percent
label-variant-with-the-programme = with the programme
label-variant-without-the-programme = without the programme
label-flow-export = exports
label-flow-import = imports
label-flow-balance = balance
label-run-side-one = first run
label-run-side-other = second run
label-promise-kind-first-promise = first promise
label-promise-kind-later-promise = later promise
label-promise-kind-actual = what happened
label-foreseen-better-than-the-trend = better than the trend
label-foreseen-loses-to-the-trend = loses to the trend
label-foreseen-no-better-and-no-worse-than-the-trend = no better and no worse than the trend
label-item-cost = cost
label-item-emissions = emissions
label-item-mean-price = mean price
label-item-net-imports = net imports
label-item-unserved-demand = unserved demand
label-domain-arms = arms
label-domain-compute = computing
label-domain-debt = debt
label-domain-export = exports
label-domain-import = imports
label-domain-investment = investment
label-domain-programme-finance = money for the programme
label-input-country = country
label-input-strategy = strategy
label-input-futures-file = file of futures
label-input-futures = futures
label-input-seed = seed
label-input-chunk-size = futures in a part
label-input-power-futures = futures with power
label-input-power-years = years with power
label-input-power-weeks = weeks with power
label-input-power-check = futures with power on all hours too
label-input-power-screened = futures with power within one percent
label-input-country-hash = content of the country pack
label-input-strategy-hash = content of the strategy
label-input-futures-hash = content of the file of futures
label-input-code-hash = code of Morava
label-input-versions = versions of libraries

## Notes of screens
note-hours-of-future = Hours of future { $future } in { $year }, week { $week } of the year.
note-curve-of-year = Hours of { $year }, from the highest to the lowest.
note-power-failed = In { $failed } { $failed ->
        [one] future
       *[other] futures
    } power could not be answered.
note-power-weeks = Power is solved on { $weeks } chosen weeks of each year.
note-power-all-hours = Power is solved on all hours of the year.
note-power-calendar = Against all hours of the year, the chosen weeks are off by at most { NUMBER($error, style: "percent", maximumFractionDigits: 1) } in the future that was checked.
note-closure = Who adjusts when money does not balance: { $closure }.
note-in-year = In { $year }.
note-with-partner = With { $partner }.
note-counted-by = Counted by { $item }.
note-of-scenario = Scenario: { $scenario }.
note-trade-residual = No market of the trade model is off by more than { NUMBER($residual, maximumSignificantDigits: 2) } of what is paid.
note-of-envelope = Envelope: { $envelope }.
note-criticality = A stage is critical in the share of futures, of those in which its initiative ends, whose longest path runs through it.
note-of-domain = Domain: { $domain }.
note-compared = First run { $one }, second run { $other }.
note-verdicts-moved = { $moved } of { $claims } claims have another answer or another share of futures.
unit-eur-month = EUR of the year, a month
unit-ruc-month = RUC of the year, a month
label-domain-compute-with-the-third-system = computing with the third system
label-domain-import-by-origin-sors = imports by origin (SORS)
label-domain-export-sors = exports (SORS)
label-domain-investment-jan-sep = investment, January to September
column-earlier-promises = Promised before
chart-day = day { $day }

## Charts: tabs, files, and what is said under them
chart-tab-chart = Chart
chart-tab-table = Table
chart-tab-sources = Sources
chart-files = Files of this chart
chart-keep = Save as { $kind }
chart-not-kept = This browser could not make the file. Try another kind.
chart-empty = Nothing to draw: the table is empty.
chart-legend = Series; press one to switch it off or on
chart-show-all = Show all
chart-patterns = Patterns
chart-stages = Show stages
chart-bounds = What claims say:
chart-gantt-key = Bar: 10 to 90 of 100 futures. Tick: median. Full diamond: the latest promise; hollow: earlier promises. Dashed line: today of the run. An arrow: later than the drawing, or never.
chart-models = Models
chart-no-sources = This counts what is in the run itself; no outside source stands behind it.
state-yes = yes
state-no = no
chart-band = { $middle } ({ $low } to { $high })
chart-says-nothing = { $title }: nothing to draw.
chart-says-range = { $title }, { $column } { $from } to { $to }.
chart-says-unknown = { $series }: not known.
chart-says-band-alone = The median goes from { $first } to { $last }; at the end 80 of 100 futures lie between { $low } and { $high }.
chart-says-band-series = { $series }: the median goes from { $first } to { $last }, at the end between { $low } and { $high }.
chart-says-line-alone = From { $first } to { $last }.
chart-says-line-series = { $series }: from { $first } to { $last }.

## Levers: the panel of sliders
lever-title = Levers
lever-reset-all = Reset all
lever-reset-short = reset
lever-reset = Reset { $lever }
lever-kind-size = How large
lever-kind-start = How much later
lever-kind-financing = Who pays
lever-kind-policy = Policy
lever-of-size = of the plan
lever-of-financing = of the money
lever-of-policy = of the plan
lever-later = years later than promised
lever-range = { $low } to { $high } { $unit }
lever-at-plan = plan: { $plan }
lever-unknown-to-emulator = The emulator does not know this lever yet.
lever-what = What it does, and why this range
lever-no-note = The pack gives no reason for this range.
lever-moves = It moves:
lever-source = Source:
lever-none = This strategy declares no levers.

## Levers: charts
lever-watch = Watch
lever-where = Where
lever-sum = all together
lever-now = with the levers
lever-plan = plan
lever-error = error where tried
lever-exact = full models
lever-emulated = emulated, error ± { $error } { $unit }
lever-against = in { $year }; 80% of futures: { $low } to { $high }. In the plan: { $plan }
lever-says = { $title }, { $year }: { $middle } { $unit } with the levers, 80 of 100 futures between { $low } and { $high }; { $plan } in the plan. Emulated, error up to { $error }.
lever-says-refused = { $title }, { $year }: { $plan } { $unit } in the plan. Nothing is said of where the levers stand now.

## Levers: verdicts
lever-verdicts = What the claims become
lever-count-plan = plan { $count }
lever-followed = { $followed } of { $all } claims follow the levers at once. The others keep the answer of the run; those on hours of power need a run of the full models.
lever-movers = Claims that move most
lever-no-movers = No claim moves.
lever-share = holds in { $before } → { $now } of futures, error ± { $error }

## Levers: when nothing can be said
lever-refuses = Nothing is said of this setting
lever-refuses-outside = { $lever } was tried from { $low } to { $high } only.
lever-refuses-unknown = This plan has no lever { $lever }.
lever-refuses-unanswered = Only { $share } of futures would have an answer there; at least 90% are needed.
lever-no-emulator = Nothing answers at once yet
lever-no-emulator-about = No emulator was made for this strategy. This command makes one from many runs of the full models. You can still run the full models below.
lever-stale = Made for an earlier state
lever-stale-about = The emulator was made before this changed: { $what }. Its numbers may be off by more than the error shown. Make it again with morava levers.
lever-stale-country-hash = the country pack
lever-stale-strategy-hash = the strategy
lever-stale-futures-hash = the futures
lever-stale-code-hash = the models
lever-stale-levers-hash = the levers
lever-stale-made-with = the numeric libraries
lever-fitted = Fitted on { $points } settings of the levers with { $futures } futures each; the error is that of { $held } settings that were held out.

## Levers: the full models
lever-run = The full models
lever-run-report = A report cannot run the models. Open the page with morava serve for that.
lever-run-start = Run the full models
lever-run-unmoved = All levers stand at the plan: that run is there.
lever-run-done = Done: { $futures } futures.
lever-run-open = Open the run, beside what was emulated
lever-beside = Emulated beside the full models
lever-beside-about = This run was made with the levers as they stand. The last year of each number that both give, and the claims that are furthest apart.
lever-number = Number
lever-emulated-head = emulated
lever-apart = apart by
lever-agreed = { $agreed } of { $all } claims got the same answer from both.

## Further
state-charts = { $count } { $count ->
        [one] chart
       *[other] charts
    } on this screen
action-open-newest = Open the newest run
report-method-telling = The first page shows five findings by a fixed rule: the two claims that fail in most futures, from different fields; the one that hinges most on a single uncertainty; the one that holds in most futures; then the gravest place in the text. Where one is missing, the next in this order stands in.
lever-watched = What is watched
chart-more-names = { $count } more { $count ->
        [one] name
       *[other] names
    }

## The command line. Numbers come as words, as the language writes them
cli-header = { $strategy } ({ $country }): { $futures } futures, seed { $seed }, as of { $day }, money in { $base }
cli-left-out-futures = { $failed } futures failed and are left out
cli-future = future { $number }: { $reason }
cli-together = Does the text hold together?
cli-findings = { $count } { $count ->
        [one] finding
       *[other] findings
    }
cli-met = { $met } of { $applicable } in order
cli-not-assessed = not assessed
cli-more = and { $count } more
cli-score = { $findings }; score: { $met } of { $applicable } criteria met ({ $share })
cli-nothing-to-assess = nothing to assess
cli-group-fails = Fails in most futures
cli-group-hinges = Hinges on what nobody chooses
cli-group-holds = Holds in most futures
cli-group-contradicted = Contradicted by evidence
cli-group-partly = Partly so, by evidence
cli-group-confirmed = Confirmed by evidence
cli-group-unverified = No evidence found
cli-group-not-modelled = Not modelled yet
cli-group-opinion = Opinions, which nothing can decide
cli-answer-fails = fails
cli-answer-hinges = hinges
cli-answer-holds = holds
cli-answer-contradicted = contradicted
cli-answer-partly = partly
cli-answer-confirmed = confirmed
cli-answer-unverified = unverified
cli-answer-not-modelled = not modelled
cli-answer-opinion = opinion
cli-answer-absent = (absent)
cli-counted = { $number } { $answer }
cli-claims = { $count } claims:
cli-parts-left-out = { $count } { $count ->
        [one] part
       *[other] parts
    } of the plan left out, with reasons: `morava show notes`
cli-slip = slip ledger: announced dates move by { $rate } years a year (95 % interval { $low } to { $high })
cli-facts = the models stand on { $known } facts; { $assumed } of them are assumed: `morava show facts --find assumed`
cli-results = results: { $path }
cli-next = next: `morava explain { $claim }`, `morava show milestones`, `morava export`
cli-of-futures = { $share } of futures
cli-on-facts = on facts
cli-interval = ({ $low } to { $high })
cli-interval-open = ({ $low } to { $high }), open
cli-margin = margin { $margin }
cli-never = never
cli-years = { $number } years
cli-by = by { $basis }
cli-hinges-on = hinges on: { $factors }
cli-passage = { $document }, paragraph { $paragraph }, characters { $start } to { $end }, sha256 { $hash }
cli-passage-without-hash = { $document }, paragraph { $paragraph }, characters { $start } to { $end }, no hash recorded
cli-verdict = verdict: { $answer } by { $basis }
cli-verdict-in = verdict: { $answer } by { $basis }, in { $share } of futures
cli-threshold = 95 % interval { $low } to { $high }; holds from { $required } of futures on
cli-tests = tests
cli-column-answer = answer
cli-column-share = share
cli-column-unit = unit
cli-column-bound = bound
cli-column-quantity = quantity
cli-column-hinges-on = hinges on
cli-date = date
cli-conflict = conflict { $name } ({ $kind }): { $subject }
cli-version = version { $number }
cli-version-chosen = version { $number } chosen
cli-version-weight = version { $number } weight { $weight }
cli-claim = claim { $claim }: { $says }
cli-reading = reading: { $reading }
cli-initiative = initiative { $name }: { $title } ({ $status })
cli-promise = { $promise }: { $milestone } { $date }, said { $said } ({ $kind })
cli-done = done: P10 { $low }, P50 { $middle }, P90 { $high }; by the latest promise ({ $promised }) in { $share } of futures; given up in { $cancelled }
cli-estimate = estimate: { $low } { $unit }
cli-estimate-range = estimate: { $low } to { $high } { $unit }
cli-outturn = outturn: P10 { $low }, P50 { $middle }, P90 { $high } { $unit }
cli-without-source = without a named source: P10 { $low }, P50 { $middle }, P90 { $high } { $unit }
cli-with-source = money with a named source: { $share } of the estimate
cli-financing = { $lender } ({ $partner }): { $share }, { $kind }
cli-facts-head = facts
cli-model-page = model page: { $page }
cli-nothing-in = nothing that goes in differs
cli-nothing-out = nothing that comes out differs
cli-median = median of { $quantity } { $where }: { $first } -> { $second }
cli-only-in = only in { $run }: { $what }
cli-only-in-more = only in { $run }: { $what } ...
cli-power = power: solved in { $futures } on { $calendar } of { $years } (cost proved within { $gap } of itself)
cli-power-failed = power: solved in { $futures } on { $calendar } of { $years } (cost proved within { $gap } of itself); not solved in { $failed }
cli-power-futures = { $count } { $count ->
        [one] future
       *[other] futures
    }
cli-power-further = { $count } further { $count ->
        [one] future
       *[other] futures
    }
cli-power-all-hours = all hours
cli-power-weeks = { $count } { $count ->
        [one] week
       *[other] weeks
    } a year
cli-power-screened = screened in { $futures } (cost proved within { $gap } of itself, half of them within { $half })
cli-power-not-measured = how far these weeks are off was not measured: --calendar-check
cli-power-calendar = weeks less all hours, future { $future }, { $item }: { $errors }
cli-power-calendar-load = weeks less all hours, future { $future }, { $item } (of the load): { $errors }
cli-grade = grade { $grade }

## Sentences made below the views, told again. English is word for word what plans/coherence and runs/judge say
retold-target-none = Target without an indicator: { $claim }. No quantity, value or date is named.
retold-target-values = { $what }: the targets are { $values }.
retold-target-values-reading = { $what }: the targets are { $values }. { $reading }
retold-target-start = { $what }: the target is { $values }, and no measured or reported value says where it starts.
retold-versions-scope = { $count } { $count ->
        [one] version
       *[other] versions
    } of { $subject }: { $sides }. The scope differs. { $reading }
retold-versions-vintage = { $count } { $count ->
        [one] version
       *[other] versions
    } of { $subject }: { $sides }. One is older. { $reading }
retold-versions-genuine = { $count } { $count ->
        [one] version
       *[other] versions
    } of { $subject }: { $sides }. Nobody withdrew either. { $reading }
retold-dates = { $what }: { $history } are the dates promised.
retold-dates-later = { $what }: { $history } are the dates promised, the last { $count } { $count ->
        [one] month
       *[other] months
    } later than the first.
retold-dates-earlier = { $what }: { $history } are the dates promised, the last { $count } { $count ->
        [one] month
       *[other] months
    } earlier than the first.
retold-dates-claimed = { $what }: { $history } are the dates promised; claim { $claim } says { $date }.
retold-date-claimed = { $what }: { $history } is the date promised; claim { $claim } says { $date }.
retold-owners = { $initiative } has { $count } owners: { $owners }.
retold-owners-title = { $one } ({ $owners }) and { $other } ({ $others }) are both called { $title } and both part of { $whole }.
retold-owners-set = { $one } ({ $owners }) and { $other } ({ $others }) both set { $what }.
retold-owners-none = { $count } { $count ->
        [one] initiative
       *[other] initiatives
    } of { $standing } name no owner, so that nobody can check whether two share a task: { $names }.
retold-cost-none = { $initiative } names no cost.
retold-cost-of-whole = { $initiative } names no cost; its whole, { $whole }, costs { $shown }, and its share of that is not said.
retold-cost-of-envelope = { $initiative } names no cost; it is to be paid from { $envelope } ({ $shown }), and how much of it is not said.
retold-source-none = { $initiative } costs { $total }, and no source of money is named.
retold-source-part = { $initiative } costs { $total }; sources are named for { $share } ({ $who }), so that { $gap } is without one.
retold-source-sum = { $initiative } costs { $total }, and its sources add up to { $share } of that ({ $who }).
retold-envelope-years = { $part } runs { $years }, outside the years of { $envelope }, of which it is part, { $others }.
retold-envelope-more = { $parts }: { $sum }, which is { $difference } more than { $envelope }, { $amount }.
retold-envelope-less = { $parts }: { $sum }, which is { $difference } less than { $envelope }, { $amount }.
retold-envelope-more-overlap = { $parts }: { $sum }, which is { $difference } more than { $envelope }, { $amount }; whether the parts overlap is not said.
retold-envelope-across = { $part }, { $amount } in { $years }, is { $share } of { $envelope } and lies across { $spans }; how much of it counts in each is not said.
retold-envelope-meet = { $spans } meet in some years; whether they share money is not said for { $pairs }.
retold-envelope-same = { $one } and { $other } rest on the same sum, { $facts }, and neither is part of the other.
retold-measures-none = { $envelope } sets { $amount } aside, and no measure is named that it pays.
retold-measures = { $envelope }: { $count } { $count ->
        [one] measure that names a cost sums
       *[other] measures that name a cost sum
    } to { $sum }, { $word } the { $amount } set aside.
retold-measures-silent = { $envelope }: { $count } { $count ->
        [one] measure that names a cost sums
       *[other] measures that name a cost sum
    } to { $sum }, { $word } the { $amount } set aside; { $silent } { $silent ->
        [one] measure names
       *[other] measures name
    } no cost.
retold-parts-paid = { $part } is paid from { $one }, and { $whole }, of which it is part, from { $other }.
retold-parts-sum = { $whole } costs { $amount }; its parts { $parts } cost { $sum }, { $word } the whole.
retold-order-waits = { $initiative } is to be finished { $date } and waits for { $other }, which is to be finished { $then }.
retold-order-whole = { $initiative } is to be finished { $date }, and its whole, { $whole }, { $then }.
retold-order-envelope = { $initiative } is to be finished { $date }, and { $envelope }, which pays, ends { $year }.
retold-order-before = { $initiative } starts { $start } and finishes before that, { $date }.
retold-order-cancelled = { $initiative } waits for { $other }, which is cancelled.
retold-order-wider = { $says }: in order only if the wider of the two dates is kept early.
retold-contradicted = Evidence contradicts the claim: { $claim }.
retold-contradicted-note = Evidence contradicts the claim: { $claim } ({ $note }).
retold-plan-actual = A plan against what was measured, { $subject }: { $sides }. { $reading }
retold-wrong-unit = A wrong unit, { $subject }: { $sides }. { $reading }
retold-target-over = { $claim }: { $time } is over, and { $facts } was measured.
retold-unsourced = No source was found for: { $claim }.
retold-unsourced-note = No source was found for: { $claim } ({ $note }).
retold-unsourced-papers = No source was found for: { $claim } ({ $note }). It speaks of what has no known text or no known legal force: { $titles }.
retold-paper-force = { $agreement } ({ $stage }): its legal force is not known.
retold-paper-text = { $agreement } ({ $stage }): neither a fact nor a supported claim speaks of its text.

## What would mend a finding
retold-mend-date = let the text name the date that was promised last, or say why another holds
retold-mend-moved = say in the text that the date moved, and which one holds
retold-mend-value = publish one value, with its date and what it includes
retold-mend-target = say which value is the target, and withdraw the other or give it its own year, place or scope
retold-mend-indicator = name a quantity of the glossary with a value and a year (sets_target), or a test
retold-mend-baseline = add a measured or reported fact of { $quantity } at that place for a year before the target
retold-mend-owner = name the one owner that answers for it, and the others as partners
retold-mend-task = give the task to one owner, or say which part each of them does
retold-mend-answers = name who answers for each
retold-mend-cost = name a cost with its price year, or a cost of 0 where it needs no money
retold-mend-payer = name who pays, how much and on what terms, until the shares add up to one
retold-mend-years = correct the years, or take the part out of the whole
retold-mend-sums = correct the sums, or say which money counts twice
retold-mend-spans = say how much of it falls into each span
retold-mend-note = say it in the note of one of the two envelopes, and name the other there
retold-mend-which = say in which of the two the money counts
retold-mend-measures = name the measures that it pays, or leave the money out
retold-mend-fit = cost every measure, and fit the measures to the money or the money to the measures
retold-mend-part = say in which envelope the money of the part counts
retold-mend-whole = correct one of the sums, or name the parts that are missing
retold-mend-dependence = move the later date forward, the earlier one back, or drop the dependence
retold-mend-last-part = let the whole end with its last part
retold-mend-who-pays = say who pays after the envelope ends, or move the date
retold-mend-dates = correct one of the two dates
retold-mend-cancelled = cancel it too, or say what takes the place of what it waits for
retold-mend-claim = withdraw the claim, or bring the evidence that the facts lack
retold-mend-planned = say what is planned and what is measured, each with its unit and date
retold-mend-missed = report the target as missed, or correct it
retold-mend-list = publish the text, the list or the count that it rests on
retold-mend-paper = publish the text with parties, force and date

## Reasons of a verdict
retold-reason-facts = { $test }: the facts give { $given }; bound: { $bound }
retold-reason-futures = { $test }: so in { $share } of futures ({ $low } to { $high }); median { $middle }, 80 % of futures from { $from } to { $until }; bound: { $bound }
retold-reason-alike = { $test }: so in { $share } of futures ({ $low } to { $high }); { $middle } in nearly every one; bound: { $bound }
retold-reason-few = { $says }; answered in { $count } of { $futures } futures, those in which power was solved
retold-reason-precision = { $says }; the cost of the power system is proved within { $gap } in { $count } futures and within { $loose } in { $others }
retold-reason-untested = { $test }: cannot be tested now, { $why }
retold-reason-evidence = evidence: { $note }
retold-reason-awaits = a full verdict awaits the model of { $model }
retold-reason-future = it speaks of the future, and no model of this version gives what it would need
retold-reason-both = the models say so, and a test on what has happened does not
retold-reason-borrowed = borrowed hourly shapes ({ $shapes }): `morava show series` says why
retold-reason-synthetic = synthetic tables ({ $tables }): `morava show tables` says how they were made
retold-reason-conflict = conflict { $name } ({ $kind }), { $subject }: { $reading }

## Words inside such sentences
retold-word-and = and
retold-word-to = to
retold-word-against = against
retold-word-said = said
retold-word-in = in
retold-word-at-least = at least
retold-word-at-most = at most
retold-word-percent = percent
retold-word-never = never
retold-word-by-the-end-of = by the end of
retold-word-not-before = not before
retold-word-more = more
retold-word-more-than = more than
retold-word-perhaps-more-than = perhaps more than
retold-word-less-than = less than
retold-word-day-unknown = day unknown
retold-word-people = people
unit-trillion-money = trillion { $base }
retold-reason-rest-awaits = what can be tested now is so; it takes the model of { $model } to say the rest
retold-reason-rest-tests = what can be tested now is so; it cannot be tested yet: { $tests }
retold-reason-disagrees = the analyst found the evidence { $evidence }, but the test { $test } on the facts reads { $answer }

## 词汇表中的量

note-failed = { $failed ->
    [one] One future could not be answered and is left out.
   *[other] { $failed } futures could not be answered and are left out.
 }
# slip ledger: by how many years announced dates move in a year, with a 95 percent interval
note-slip = Announced dates move by { NUMBER($rate, maximumFractionDigits: 2) } years a year (95% interval { NUMBER($low, maximumFractionDigits: 2) } to { NUMBER($high, maximumFractionDigits: 2) }).
note-left-out = { $parts ->
    [one] One part of the plan is left out, with its reason.
   *[other] { $parts } parts of the plan are left out, with reasons.
 }
# gap: proved distance of the cost from the best, a share
note-power-solved = { $futures ->
    [one] The power system is solved in one future; its cost is proved within { NUMBER($gap, style: "percent", maximumFractionDigits: 3) }.
   *[other] The power system is solved in { $futures } futures; its cost is proved within { NUMBER($gap, style: "percent", maximumFractionDigits: 3) }.
 }
note-borrowed-shapes = { $shapes ->
    [one] Rests on one hourly shape that is borrowed from another year or place.
   *[other] Rests on { $shapes } hourly shapes that are borrowed from another year or place.
 }
note-synthetic-tables = { $tables ->
    [one] Rests on one table that is put together and not measured.
   *[other] Rests on { $tables } tables that are put together and not measured.
 }
# back-test: coverage is the share of past years inside the 80 percent interval; years: how many independent years these are worth
note-foreseen-better-than-the-trend = In the past foreseen better than by the trend; { NUMBER($coverage, style: "percent") } of years lay inside the 80% interval, worth { NUMBER($years, maximumFractionDigits: 1) } independent ones.
note-foreseen-loses-to-the-trend = In the past foreseen worse than by the trend; { NUMBER($coverage, style: "percent") } of years lay inside the 80% interval, worth { NUMBER($years, maximumFractionDigits: 1) } independent ones.
note-foreseen-no-better-and-no-worse-than-the-trend = In the past foreseen as well as by the trend; { NUMBER($coverage, style: "percent") } of years lay inside the 80% interval, worth { NUMBER($years, maximumFractionDigits: 1) } independent ones.
note-conflicts = { $conflicts ->
    [0] No conflict between them.
    [one] One conflict between them, settled or drawn.
   *[other] { $conflicts } conflicts between them, settled or drawn.
 }

## The report: PDF, workbook, one page
# Report (PDF, workbook, command). The reader never saw Morava: plain words.
report-title = Does { $strategy } add up?
report-asked =
    { $strategy } makes { $claims ->
        [one] one claim
       *[other] { $claims } claims
    } about what is so or will be so in { $country }. Each was put to the same question: is it so? Where models can tell, the answer comes from { $futures ->
        [one] one future
       *[other] { $futures } futures
    }. They differ in what nobody chooses: prices, weather, demand, delays, costs. Other claims were held against published facts.
# The lead of the first page: one sentence with counts.
report-answer =
    Of { $tested ->
        [one] one claim
       *[other] { $tested } claims
    } that the models can test, { $fails } { $fails ->
        [one] fails
       *[other] fail
    } in most futures, { $hinges } { $hinges ->
        [one] hinges
       *[other] hinge
    } on what nobody chooses, and { $holds } { $holds ->
        [one] holds
       *[other] hold
    }; published facts decide { $evidence } more, and { $open } { $open ->
        [one] stays
       *[other] stay
    } without an answer.
report-alt-bar = Bar of answers, as wide as there are claims: { $counts }.
report-telling = The most telling findings
# $test: what the test asks, a sentence without a full stop. $share: "8% (4% to 15%)"
report-told-fails = Fails: “{ $test }” is so in { $share } of futures.
report-told-fails-by = The middle future misses it by { $margin }.
report-told-hinges = Hinges: “{ $test }” is so in { $share } of futures, and not in the others.
report-told-holds = Holds: “{ $test }” is so in { $share } of futures.
report-told-holds-by = The middle future has { $margin } to spare.
# Follows one of the sentences above. $factor: name of an uncertainty; $part: a percentage
report-told-on = What explains most of the difference ({ $part }): { $factor }.
# Before a finding about the text itself. $rule: the kind of finding.
report-told-text = In the text itself: { $rule }.
report-nothing-told = No claim was tested by a model, and the text holds together.
report-reading = How to read an answer
report-means = What it means
report-reading-holds = The claim is so in at least { $required } of the futures. The plan can count on it.
report-reading-hinges = The claim is so in some futures and not in others. The report names what it depends on.
report-reading-fails = The claim is so in at most { $rest } of the futures. Something in the plan must change.
report-reading-others-head = Other answers
report-reading-others = Confirmed, partly, contradicted and unverified rest on published facts, not on models. Not modelled: no model here can tell. Opinion: nothing can decide it.
report-left-out = What was not modelled.
report-not-modelled =
    { $count ->
        [0] Every claim that can be decided was tested.
        [one] One claim asks for what no model here gives.
       *[other] { $count } claims ask for what no model here gives.
    } { $opinions ->
        [0] { "" }
        [one] One is an opinion.
       *[other] { $opinions } are opinions.
    }
# A share with its 95 % interval
report-share-interval = { $share } ({ $low } to { $high })
report-band = { $middle } ({ $low } to { $high })
report-never = never
report-yes = yes
report-no = no
report-claims = Claims and answers
report-claims-about = Every claim, by its answer. The share counts the futures in which the claim is so, with a 95 percent interval. The margin is what the middle future has to spare, or lacks where it is below zero.
report-answer-count = { $answer } ({ $count })
report-findings = Does the text hold together?
report-findings-about =
    { $count ->
        [one] One place was found where the text disagrees with itself or with facts, before any model is asked.
       *[other] { $count } places were found where the text disagrees with itself or with facts, before any model is asked.
    }
report-paths = Where the country goes under the plan
report-paths-about = The line is the middle of all futures. Eight futures in ten lie in the band. Short marks are what claims ask for.
report-dates-about = The bar holds eight futures in ten, its dark mark is the middle one, and an arrow means that some futures never finish in the years shown. The diamond is the date promised.
report-alt-dates = For { $count } initiatives the date promised against the dates simulated; the table below has every number.
report-alt-path = { $series }: { $start } in { $first }, { $end } in { $last }.
report-more-rows =
    { $count ->
        [one] One more row stands in the HTML report and in the workbook.
       *[other] { $count } more rows stand in the HTML report and in the workbook.
    }
report-sources = Sources
report-sources-about =
    { $count ->
        [one] One source stands behind the facts.
       *[other] { $count } sources stand behind the facts.
    } Grade A is official or academic, B an agency or the trade press, C a collection or a partisan source.
report-method = Method
report-method-read = The strategy’s text was read claim by claim, each with its paragraph. Facts came from published sources; where they disagree, both sides are kept.
report-method-draw = For every future the things that nobody chooses were drawn anew: how long works take, what they cost, prices, demand, weather, and which of two disputed facts is right.
report-method-simulate = In every future the plan was carried out in a chain of models: schedules, spending, the economy, trade, electricity, debt and dependence on partners.
report-method-judge = Every claim was tested in every future. The answer follows from the share of futures in which it is so.
report-method-hinge = Where futures disagree, the uncertainties were ranked by how much of the difference each one explains alone.
report-limits = Limits
report-limits-models = A model leaves most of the world out. An answer is about the models’ world first; the pages of the models say what they leave out.
report-limits-futures = A share of futures is not a probability of the real world. It counts what follows from the ranges assumed.
report-limits-facts = Some facts are assumed because no source was found. The sources say which.
report-limits-evidence = Answers from published facts are as old as the facts.
report-gaps = What was not found
report-boundary = Boundary
report-made-from = What this report was made from
report-the-answer = The answer
report-outcomes-head = Sheet of outcomes
report-outcomes-note = It follows the layout of the Integrated Assessment Modeling Consortium: model, scenario, region, variable, unit, years. A variable is the quantity’s name, its labels, and P10, P50 or P90: what 10, 50 and 90 percent of futures stay at or below. It holds what is known by year.
report-sheet-summary = Summary
report-sheet-claims = Claims
report-sheet-levers = Levers
report-sheet-outcomes = Outcomes
report-sheet-sources = Sources
# Footer of every page of the PDF
report-footer = { $strategy }, { $country } · Morava, run { $run }
report-subject = Whether a national strategy adds up: every claim with an answer
report-keywords = strategy, plan, claims, futures, verdicts
about-hash = Hash of { $of ->
    [country] the country
    [strategy] the strategy
    [futures] the futures file
   *[code] the code
 }

screen-country-findings = { $count ->
    [0] The text holds together
    [one] { $count } place where the text does not hold together
   *[other] { $count } places where the text does not hold together
 }
state-verdicts-changed = { $count ->
    [0] No answer differs
    [one] { $count } answer differs
   *[other] { $count } answers differ
 }
state-shares-moved = { $count ->
    [one] { $count } claim with the same answer in another share of futures
   *[other] { $count } claims with the same answer in another share of futures
 }
state-medians-moved = { $count ->
    [0] No median moved
    [one] { $count } quantity whose median moved
   *[other] { $count } quantities whose median moved
 }

# hours: how many hours of the year one shown hour stands for
note-hour-stands-for = { $hours ->
    [one] Every hour of the year is solved.
   *[other] The week was chosen to stand for others: each hour stands for { NUMBER($hours, maximumFractionDigits: 1) } of the year.
 }
note-solved-exactly-in = { $futures ->
    [one] Over the one future in which power is solved exactly.
   *[other] Over the { $futures } futures in which power is solved exactly.
 }

chart-facts = { $count ->
    [one] One fact
   *[other] { $count } facts
 }
chart-sources = { $count ->
    [one] One source
   *[other] { $count } sources
 }
action-show-all-rows = { $count ->
    [one] Show the one row
   *[other] Show all { $count } rows
 }
# charts told to those who do not see the drawing
chart-says-more = { $count ->
    [one] One more series is in the table.
   *[other] { $count } more series are in the table.
 }
# top: the three largest, as `steel: 5, coal: 4`
chart-says-ranked = { $title }, { $count ->
    [one] one value
   *[other] { $count } values
 }. Largest: { $top }.
chart-says-gantt = { $title }, { $count ->
    [one] one row
   *[other] { $count } rows
 }: median ends from { $from } to { $to }, 80 of 100 futures between { $low } and { $high }.

lever-run-about = Run all models again with the levers as they stand, in { $futures ->
    [one] one future
   *[other] { $futures } futures
 }. It goes on when you close the page.

## Who adjusts, which choice moves a result, and how well it was foreseen
retold-closure-savings = private investment: what the state lacks is not there to invest
retold-closure-tax = households: the direct tax keeps the balance of the state where it was
retold-closure-borrowing = those who lend to the state abroad: investment stays as expected, debt grows
retold-foreseen = { $title }, frozen at the end of { $frozen } and run to { $year }: { $verdict }; mean error { $error } against { $trend } of the trend and { $unchanged } of no change ({ $measured }); { $inside } of { $rows } years inside the 80 percent interval, worth { $worth } independent ones
foreseen-title-output-real = Output, real
foreseen-title-people-at-work = People at work
foreseen-title-public-debt-over-output = Public debt over output
foreseen-title-exports-over-prices-of-output = Exports over prices of output
foreseen-title-electricity-from-hydro = Electricity from hydro
foreseen-title-electricity-from-lignite = Electricity from lignite
foreseen-title-electricity-from-gas = Electricity from gas
foreseen-title-electricity-from-solar = Electricity from solar
foreseen-title-electricity-from-wind = Electricity from wind
foreseen-unit-percent = percent
foreseen-unit-index = index
choice-technology-of = technology of
choice-accounts-of = accounts of
choice-elasticities-of = elasticities of
choice-as-counted-by = as counted by
choice-of = { $by }: { $label }
choice-chosen = { $label } (chosen)
cli-closure = who adjusts: { $who }, { $says }
cli-closure-beside = beside it: { $who }, { $says }
cli-foreseen = foreseen in the past ({ $quantity }): { $says }
cli-spread = how far it moves: { $what }
cli-column-year = year
cli-column-who-adjusts = who adjusts
cli-column-choice = choice
cli-column-holds = holds
cli-column-futures = futures
cli-column-moves = moves the median by

## The command line: a quantity, and the page's server
cli-quantity-unit = { $description } Unit { $unit }, over { $dims }.
cli-nothing = nothing
cli-quantity-model = given by the model { $model } ({ $page }), which needs: { $needs }
cli-quantity-borrowed = rests on borrowed hourly shapes ({ $series }): `morava show series`
cli-quantity-more = ... and { $count } more rows: narrow with --where, or --json
cli-quantity-future = in future { $number }
cli-quantity-changed = changed by { $initiative } ({ $verb } from { $start }): { $because }
cli-quantity-tested = tested by { $claim } (§ { $paragraph }): { $says }
cli-rows = { $count } { $count ->
    [one] value
   *[other] values
    }
cli-no-rows = no values
cli-interrupted = interrupted; what was done is kept: go on with `morava resume`
cli-interrupted-run = interrupted; what was done of run { $run } is kept: go on with `morava resume { $run }`
cli-computed = computed in { $seconds } s
cli-serve-alone = only this machine can reach it; nothing leaves this machine; Ctrl-C ends it
cli-serve-reached = WARNING: other machines can reach { $host }. Whoever has the address with its token can read the runs, see sentences of a document that was named, and start runs here. The connection is not encrypted.
cli-serve-makes = no finished run of { $country } in { $folder }: making one with { $futures } futures, about { $time }; the page shows how far it is, and what is done is kept
cli-serve-makes-unknown = no finished run of { $country } in { $folder }: making one with { $futures } futures, nobody knows yet how long it takes; the page shows how far it is, and what is done is kept

## The command line: levers
cli-lever = { $name } ({ $kind }): { $title }
cli-lever-range = { $low } to { $high }{ $unit }, the plan stands at { $plan }: { $because }
cli-lever-none = { $strategy } declares no levers
cli-emulator-none = no emulator: fit one with --points
cli-emulator = emulator of run { $run }: { $points } points of { $futures } futures, { $held } of them held out
cli-emulator-stale = it is for another { $what }
cli-emulator-output = { $name }: median { $middle }, off by { $error } { $unit }
cli-emulator-share = { $claim } { $test }: share off by { $error }
