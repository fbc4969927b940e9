### Поруке Мораве на српском, ћирилицом; латиница се изводи из ње.
### Наслови величина стоје у речнику величина.

## Languages
language-en = English
language-sr-cyrl = Српски
language-sr-latn = Srpski
language-zh-hans = 简体中文

## Answers of verdicts
answer-holds = важи
answer-fails = не важи
answer-hinges = зависи од околности
answer-confirmed = потврђено чињеницама
answer-partly = делимично тачно, према чињеницама
answer-contradicted = у супротности са чињеницама
answer-unverified = без нађених доказа
answer-not-modelled = није моделовано
answer-opinion = мишљење, које се не може проверити

## What a verdict rests on
basis-none = ништа
basis-opinion = мишљење
basis-evidence = чињенице
basis-facts = подаци
basis-schedule = модел рокова
basis-projects = модел пројеката
basis-spending = модел трошења
basis-money = модели новца
basis-debt = модел дуга
basis-economy = модел привреде
basis-trade = модел трговине
basis-power = модел електроенергетског система
basis-adequacy = модел поузданости снабдевања
basis-adequacy-chronological = модел поузданости снабдевања по сатима
basis-dependence = модел зависности
basis-coupling = спрегнути модели

## What is known of a fact, an initiative or a financing
status-measured = измерено
status-reported = објављено
status-planned = планирано
status-derived = изведено
status-assumed = претпостављено
status-announced = најављено
status-negotiating = у преговорима
status-signed = потписано
status-building = у изградњи
status-operating = у раду
status-delivered = испоручено
status-cancelled = обустављено

## Stages of agreements
stage-announced = најављен
stage-signed = потписан
stage-in-force = на снази
stage-realised = остварен
stage-ended = окончан

## Legal force of agreements
force-binding = обавезујући
force-not-binding = необавезујући
force-unknown = непознато

## Kinds of claims
kind-fact = чињеница
kind-commitment = обавеза
kind-target = циљ
kind-project = пројекат
kind-causal-claim = узрочна тврдња
kind-opinion = мишљење

## Kinds of conflicts
kind-scope = различит обухват
kind-vintage = различито време податка
kind-unit-error = погрешна јединица
kind-plan-against-actual = план наспрам остварења
kind-genuine = стварна противречност

## Kinds of promised dates
kind-first-promise = прво обећање
kind-later-promise = касније обећање
kind-actual = остварени датум

## Kinds of financing
kind-state = новац државе
kind-company = новац предузећа
kind-grant = бесповратна средства
kind-foreign-investment = страно улагање
kind-loan-to-the-state = зајам држави
kind-loan-to-a-company = зајам предузећу
kind-loan-to-another-state = зајам другој држави

## Kinds of agreements
kind-free-trade-agreement = споразум о слободној трговини
kind-memorandum = меморандум
kind-agreements-of-a-visit = споразуми током посете
kind-documents-of-a-visit = документи током посете
kind-intergovernmental-agreements = међудржавни споразуми
kind-documents-of-ministries-and-firms = документи министарстава и предузећа
kind-joint-statements = заједничке изјаве

## Whose words a claim is
voice-article = чланак
voice-reader = читалац
voice-quoted = цитирани саговорник

## The time that a claim speaks of
tense-past = прошлост
tense-present = садашњост
tense-future = будућност
tense-timeless = ванвременски

## What the analyst found
evidence-supported = поткрепљено
evidence-partly = делимично поткрепљено
evidence-contradicted = оповргнуто
evidence-not-found = није нађено
evidence-untested = непроверено
evidence-value-judgement = вредносни суд

## Grades of sources
grade-a = званичан или академски извор
grade-b = агенција или стручна штампа
grade-c = збирни или пристрасан извор

## How grave a finding is
severity-clear = јасан налаз
severity-weak = слаб налаз
severity-note = напомена

## Sectors of claims and initiatives
sector-ai = вештачка интелигенција
sector-data-centres = центри података
sector-data-centres-energy = центри података и енергетика
sector-defence-budget = буџет одбране
sector-defence-procurement = набавке за одбрану
sector-dependence = зависност
sector-diplomacy = дипломатија
sector-diplomacy-economy = дипломатија и привреда
sector-economy = привреда
sector-economy-labour = привреда и рад
sector-energy = енергетика
sector-energy-coal = енергетика: угаљ
sector-energy-gas = енергетика: гас
sector-energy-grid = енергетика: мрежа
sector-energy-hydro = енергетика: хидроенергија
sector-energy-market = енергетика: тржиште
sector-energy-nuclear = енергетика: нуклеарна
sector-energy-oil = енергетика: нафта
sector-energy-res = енергетика: обновљиви извори
sector-energy-solar = енергетика: сунце
sector-energy-wind = енергетика: ветар
sector-energy-wind-and-solar = енергетика: ветар и сунце
sector-event = манифестације
sector-finance = финансије
sector-industry-policy = индустријска политика
sector-infrastructure = инфраструктура
sector-innovation = иновације
sector-innovation-industry = иновације и индустрија
sector-investment = улагања
sector-labour = рад
sector-manufacturing = прерађивачка индустрија
sector-mining = рударство
sector-money = јавне финансије
sector-motorway = ауто-путеви
sector-politics = политика
sector-provenance = порекло текста
sector-rail = железница
sector-reference = упоредни случајеви
sector-robotics = роботика
sector-robotics-data-centres = роботика и центри података
sector-society = друштво
sector-space = свемир
sector-steel = челик
sector-steel-mining = челик и рударство
sector-steel-mining-labour = челик, рударство и рад
sector-strategy = стратегија
sector-technology = технологија
sector-technology-data-governance = технологија и управљање подацима
sector-trade = трговина
sector-trade-industry = трговина и индустрија
sector-trade-investment = трговина и улагања
sector-transport = саобраћај
sector-transport-energy = саобраћај и енергетика

## Rules of coherence
rule-contradictory-targets = Противречни циљеви
rule-different-versions = Различите вредности или рокови за исту ствар
rule-two-owners = Један задатак са два носиоца
rule-target-without-indicator = Циљеви без показатеља или полазне вредности
rule-measure-without-cost = Мере без процене трошкова
rule-cost-without-source = Трошкови без извора новца
rule-sums-and-envelopes = Новац према финансијском оквиру
rule-broken-order = Рокови који руше сопствени редослед
rule-contradicted-claims = Тврдње којима чињеница противречи
rule-unsourced-past = Тврдње о прошлости без извора

## Units of the glossary; $base is said by price-base
price-base = { $currency } из { $year }.
unit-1 = { "" }
unit-1-year = годишње
unit-1-hour = на сат
unit-1-delta-degc = по °C
unit-percent = процената
unit-money = { $base }
unit-thousand-money = хиљада { $base }
unit-million-money = милиона { $base }
unit-billion-money = милијарди { $base }
unit-money-year = { $base } годишње
unit-million-money-year = милиона { $base } годишње
unit-billion-money-year = милијарди { $base } годишње
unit-money-month = { $base } месечно
unit-money-mwh = { $base } по MWh
unit-money-mwh-mw = { $base } по MWh и MW
unit-money-kw = { $base } по kW
unit-money-kw-year = { $base } по kW годишње
unit-million-money-mw = милиона { $base } по MW
unit-million-money-km = милиона { $base } по km
unit-thousand-money-item = хиљада { $base } по комаду
unit-money-tonne-co2 = { $base } по тони CO2
unit-w = W
unit-kw = kW
unit-mw = MW
unit-gw = GW
unit-mw-year = MW годишње
unit-mwh = MWh
unit-gwh = GWh
unit-twh = TWh
unit-mwh-year = MWh годишње
unit-gwh-year = GWh годишње
unit-twh-year = TWh годишње
unit-mwh-item = MWh по комаду
unit-kv = kV
unit-hour = сати
unit-hour-year = сати годишње
unit-month = месеци
unit-year = година
unit-person = људи
unit-item = комада
unit-item-year = комада годишње
unit-km = km
unit-tonne = тона
unit-thousand-tonne = хиљада тона
unit-thousand-tonne-year = хиљада тона годишње
unit-tonne-co2-year = тона CO2 годишње
unit-million-tonne-co2-year = милиона тона CO2 годишње
unit-tonne-co2-mwh = тона CO2 по MWh
unit-delta-degc = °C
unit-litre-kwh = литара по kWh
unit-million-litre-year = милиона литара годишње
unit-million-m-3-year = милиона m³ годишње
unit-petaflops = petaFLOPS
unit-day = дана
unit-week = недеља
unit-percent-year = процената годишње
unit-million-tonne = милиона тона
unit-million-tonne-year = милиона тона годишње
unit-billion-m-3-year = милијарди m³ годишње
unit-million-item-year = милиона комада годишње

## Labels of the dimension sector
label-sector-agriculture = пољопривреда
label-sector-all-goods = сва роба
label-sector-chemicals = хемикалије
label-sector-computing = рачунарство
label-sector-construction = грађевинарство
label-sector-electrical = електрична опрема
label-sector-electricity = електрична енергија
label-sector-electronics = електроника
label-sector-energy = енергенти
label-sector-food = храна
label-sector-household = домаћинства
label-sector-machinery = машине
label-sector-non-ferrous-metals = обојени метали
label-sector-ores = руде
label-sector-other-goods = остала роба
label-sector-other-services = остале услуге
label-sector-rubber-and-minerals = гума и минерали
label-sector-services = услуге
label-sector-steel = челик
label-sector-textiles = текстил
label-sector-trade-and-transport = трговина и саобраћај
label-sector-vehicles = возила
label-sector-wood-and-paper = дрво и папир
label-sector-clocks = часовници
label-sector-copper = бакар
label-sector-grain = жито

## Labels of the dimension technology
label-technology-battery = батерије
label-technology-biofuel = биогориво
label-technology-biomass = биомаса
label-technology-coal = угаљ
label-technology-combined-heat-and-power = когенерација
label-technology-demand-response = управљива потрошња
label-technology-gas = гас
label-technology-gas-chp = гасна когенерација
label-technology-gas-chp-new = гасна когенерација, нова
label-technology-gas-new = гас, нове електране
label-technology-heat-works = топлана
label-technology-hydro = проточна хидроенергија
label-technology-lignite = лигнит
label-technology-nuclear = нуклеарна енергија
label-technology-nuclear-small = мали модуларни реактори
label-technology-oil = нафта
label-technology-pumped-storage = реверзибилне хидроелектране
label-technology-pumped-storage-new = реверзибилне хидроелектране, нове
label-technology-reservoir = акумулациона хидроенергија
label-technology-solar = сунце
label-technology-wind = ветар
label-technology-wood = дрво

## Labels of the dimension fuel
label-fuel-gas = природни гас
label-fuel-lignite = лигнит
label-fuel-uranium = уранијум
label-fuel-wood = дрво

## Labels of the dimension region
label-region-albania = Албанија
label-region-asia = Азија
label-region-azerbaijan = Азербејџан
label-region-belarus = Белорусија
label-region-bosnia-and-herzegovina = Босна и Херцеговина
label-region-cefta = CEFTA
label-region-china = Кина
label-region-cyprus = Кипар
label-region-ebrd = EBRD
label-region-eib = EIB
label-region-eu-neighbours = суседи из ЕУ
label-region-european-union = Европска унија
label-region-eurasian-economic-union = Евроазијска економска унија
label-region-france = Француска
label-region-gazprom-neft = „Гаспром њефт“
label-region-germany = Немачка
label-region-hungary = Мађарска
label-region-international-monetary-fund = Међународни монетарни фонд
label-region-iraq = Ирак
label-region-italy = Италија
label-region-japan = Јапан
label-region-montenegro = Црна Гора
label-region-north-macedonia = Северна Македонија
label-region-norway = Норвешка
label-region-pakistan = Пакистан
label-region-romania = Румунија
label-region-russia = Русија
label-region-serbia = Србија
label-region-slovenia = Словенија
label-region-south-korea = Јужна Кореја
label-region-spain = Шпанија
label-region-switzerland = Швајцарска
label-region-turkey = Турска
label-region-united-kingdom = Уједињено Краљевство
label-region-united-states = Сједињене Америчке Државе
label-region-world = свет
label-region-commercial-banks = пословне банке
label-region-foreign-governments = стране државе
label-region-holders-of-eurobonds = власници евро-обвезница
label-region-holders-of-dinar-securities = власници динарских хартија
label-region-other-asia = остатак Азије
label-region-other-eu = остатак ЕУ
label-region-private-investors = приватни инвеститори
label-region-rest = остало, неподељено подацима
label-region-rest-of-the-world = остатак света
label-region-not-named = није наведено
label-region-not-found = није нађено
label-region-ruritania = Руританија
label-region-eastmark = Истмарк
label-region-northmark = Нортмарк
label-region-southmark = Саутмарк
label-region-southern-league = Јужни савез

## Labels of the dimension partner
label-partner-albania = Албанија
label-partner-asia = Азија
label-partner-azerbaijan = Азербејџан
label-partner-belarus = Белорусија
label-partner-bosnia-and-herzegovina = Босна и Херцеговина
label-partner-cefta = CEFTA
label-partner-china = Кина
label-partner-cyprus = Кипар
label-partner-ebrd = EBRD
label-partner-eib = EIB
label-partner-eu-neighbours = суседи из ЕУ
label-partner-european-union = Европска унија
label-partner-eurasian-economic-union = Евроазијска економска унија
label-partner-france = Француска
label-partner-gazprom-neft = „Гаспром њефт“
label-partner-germany = Немачка
label-partner-hungary = Мађарска
label-partner-international-monetary-fund = Међународни монетарни фонд
label-partner-iraq = Ирак
label-partner-italy = Италија
label-partner-japan = Јапан
label-partner-montenegro = Црна Гора
label-partner-north-macedonia = Северна Македонија
label-partner-norway = Норвешка
label-partner-pakistan = Пакистан
label-partner-romania = Румунија
label-partner-russia = Русија
label-partner-serbia = Србија
label-partner-slovenia = Словенија
label-partner-south-korea = Јужна Кореја
label-partner-spain = Шпанија
label-partner-switzerland = Швајцарска
label-partner-turkey = Турска
label-partner-united-kingdom = Уједињено Краљевство
label-partner-united-states = Сједињене Америчке Државе
label-partner-world = свет
label-partner-commercial-banks = пословне банке
label-partner-foreign-governments = стране државе
label-partner-holders-of-eurobonds = власници евро-обвезница
label-partner-holders-of-dinar-securities = власници динарских хартија
label-partner-other-asia = остатак Азије
label-partner-other-eu = остатак ЕУ
label-partner-private-investors = приватни инвеститори
label-partner-rest = остало, неподељено подацима
label-partner-rest-of-the-world = остатак света
label-partner-not-named = није наведено
label-partner-not-found = није нађено
label-partner-ruritania = Руританија
label-partner-eastmark = Истмарк
label-partner-northmark = Нортмарк
label-partner-southmark = Саутмарк
label-partner-southern-league = Јужни савез

## Labels of the dimension origin
label-origin-albania = Албанија
label-origin-asia = Азија
label-origin-azerbaijan = Азербејџан
label-origin-belarus = Белорусија
label-origin-bosnia-and-herzegovina = Босна и Херцеговина
label-origin-cefta = CEFTA
label-origin-china = Кина
label-origin-cyprus = Кипар
label-origin-ebrd = EBRD
label-origin-eib = EIB
label-origin-eu-neighbours = суседи из ЕУ
label-origin-european-union = Европска унија
label-origin-eurasian-economic-union = Евроазијска економска унија
label-origin-france = Француска
label-origin-gazprom-neft = „Гаспром њефт“
label-origin-germany = Немачка
label-origin-hungary = Мађарска
label-origin-international-monetary-fund = Међународни монетарни фонд
label-origin-iraq = Ирак
label-origin-italy = Италија
label-origin-japan = Јапан
label-origin-montenegro = Црна Гора
label-origin-north-macedonia = Северна Македонија
label-origin-norway = Норвешка
label-origin-pakistan = Пакистан
label-origin-romania = Румунија
label-origin-russia = Русија
label-origin-serbia = Србија
label-origin-slovenia = Словенија
label-origin-south-korea = Јужна Кореја
label-origin-spain = Шпанија
label-origin-switzerland = Швајцарска
label-origin-turkey = Турска
label-origin-united-kingdom = Уједињено Краљевство
label-origin-united-states = Сједињене Америчке Државе
label-origin-world = свет
label-origin-commercial-banks = пословне банке
label-origin-foreign-governments = стране државе
label-origin-holders-of-eurobonds = власници евро-обвезница
label-origin-holders-of-dinar-securities = власници динарских хартија
label-origin-other-asia = остатак Азије
label-origin-other-eu = остатак ЕУ
label-origin-private-investors = приватни инвеститори
label-origin-rest = остало, неподељено подацима
label-origin-rest-of-the-world = остатак света
label-origin-not-named = није наведено
label-origin-not-found = није нађено
label-origin-ruritania = Руританија
label-origin-eastmark = Истмарк
label-origin-northmark = Нортмарк
label-origin-southmark = Саутмарк
label-origin-southern-league = Јужни савез

## Labels of the dimension border
label-border-ba = Босна и Херцеговина
label-border-bg = Бугарска
label-border-hr = Хрватска
label-border-hu = Мађарска
label-border-me = Црна Гора
label-border-mk = Северна Македонија
label-border-ro = Румунија
label-border-xk-al = Косово* и Албанија
label-border-northmark = Нортмарк
label-border-southmark = Саутмарк

## Labels of the dimension lender
label-lender-china = Кина
label-lender-ebrd = EBRD
label-lender-eib = EIB
label-lender-private-investors = приватни инвеститори
label-lender-not-found = није нађено
label-lender-agibot-and-minth = AGIBOT и „Минт“
label-lender-china-exim = Кинеска Ексим банка
label-lender-china-exim-to-hungary = Кинеска Ексим банка Мађарској
label-lender-ebrd-to-eps = EBRD Електропривреди Србије
label-lender-eib-to-eps = EIB Електропривреди Србије
label-lender-eps = Електропривреда Србије
label-lender-eu-grant = бесповратна средства ЕУ
label-lender-french-banks = француске банке
label-lender-hbis = HBIS
label-lender-linglong = „Линглонг“
label-lender-mol = МОЛ
label-lender-minth = „Минт“
label-lender-wbif-grant = бесповратна средства WBIF
label-lender-zijin = „Зиђин“
label-lender-firms-of-the-package = предузећа из пакета
label-lender-loan-for-the-purchase = зајам за куповину
label-lender-state-and-a-loan = држава и зајам
label-lender-state-budget = државни буџет
label-lender-state-budget-and-loans = државни буџет и зајмови
label-lender-state-loan = државни зајам
label-lender-green-bank = Зелена банка
label-lender-northmark-export-bank = Извозна банка Нортмарка
label-lender-southmark-investors = Инвеститори из Саутмарка

## Labels of the dimension domain
label-domain-arms-2015-2019 = увоз наоружања 2015–2019.
label-domain-arms-2020-2024 = увоз наоружања 2020–2024.
label-domain-arms-2021-2025 = увоз наоружања 2021–2025.
label-domain-compute-2026 = рачунарска снага 2026.
label-domain-compute-2026-with-the-third-system = рачунарска снага 2026. са трећим системом
label-domain-debt-2025 = јавни дуг 2025.
label-domain-export-2023 = извоз 2023.
label-domain-export-2023-sors = извоз 2023. (РЗС)
label-domain-import-2023 = увоз 2023.
label-domain-import-2023-by-origin-sors = увоз 2023. по пореклу (РЗС)
label-domain-import-2025 = увоз 2025.
label-domain-investment-2010-2022 = страна улагања 2010–2022.
label-domain-investment-2024 = страна улагања 2024.
label-domain-investment-2025-jan-sep = страна улагања, јануар–септембар 2025.
label-domain-programme-finance-2026-2040 = новац програма 2026–2040.
label-domain-programme-finance-2026-2045 = новац програма 2026–2045.

## Labels of the dimension currency
label-currency-eur = евро
label-currency-rsd = динар
label-currency-usd = амерички долар
label-currency-cny = јуан
label-currency-ruc = круна
label-currency-not-found = није нађено
label-currency-not-stated = није наведено

## Labels of the dimension scenario
label-scenario-accession-2021 = приступање, 2021.
label-scenario-agreements-end-2021 = престанак споразума, 2021.
label-scenario-agreements-never-made-2021 = без склапања споразума, 2021.
label-scenario-agreements-2021 = споразуми, 2021.
label-scenario-agreements-2021-deficits-set = споразуми, задати дефицити, 2021.
label-scenario-agreements-2021-trade-balanced = споразуми, уравнотежена размена, 2021.
label-scenario-drift-stops-2021 = помак престаје, 2021.
label-scenario-gateway-with-origin-2021 = приступно тржиште, уз правила порекла, 2021.
label-scenario-gateway-without-origin-2021 = приступно тржиште, без правила порекла, 2021.
label-scenario-industry-more-productive-2021 = продуктивнија индустрија, 2021.
label-scenario-mines-as-they-are-2021 = рудници као сада, 2021.
label-scenario-other-exports-cheaper-2021 = јефтинији остали извоз, 2021.
label-scenario-accession-2024 = приступање, 2024.
label-scenario-agreements-end-2024 = престанак споразума, 2024.
label-scenario-agreements-never-made-2024 = без склапања споразума, 2024.
label-scenario-agreements-2024 = споразуми, 2024.
label-scenario-agreements-2024-deficits-set = споразуми, задати дефицити, 2024.
label-scenario-agreements-2024-trade-balanced = споразуми, уравнотежена размена, 2024.
label-scenario-drift-stops-2024 = помак престаје, 2024.
label-scenario-gateway-with-origin-2024 = приступно тржиште, уз правила порекла, 2024.
label-scenario-gateway-without-origin-2024 = приступно тржиште, без правила порекла, 2024.
label-scenario-industry-more-productive-2024 = продуктивнија индустрија, 2024.
label-scenario-mines-as-they-are-2024 = рудници као сада, 2024.
label-scenario-other-exports-cheaper-2024 = јефтинији остали извоз, 2024.
label-scenario-accession-2030 = приступање, 2030.
label-scenario-agreements-end-2030 = престанак споразума, 2030.
label-scenario-agreements-never-made-2030 = без склапања споразума, 2030.
label-scenario-agreements-2030 = споразуми, 2030.
label-scenario-agreements-2030-deficits-set = споразуми, задати дефицити, 2030.
label-scenario-agreements-2030-trade-balanced = споразуми, уравнотежена размена, 2030.
label-scenario-drift-stops-2030 = помак престаје, 2030.
label-scenario-gateway-with-origin-2030 = приступно тржиште, уз правила порекла, 2030.
label-scenario-gateway-without-origin-2030 = приступно тржиште, без правила порекла, 2030.
label-scenario-industry-more-productive-2030 = продуктивнија индустрија, 2030.
label-scenario-mines-as-they-are-2030 = рудници као сада, 2030.
label-scenario-other-exports-cheaper-2030 = јефтинији остали извоз, 2030.
label-scenario-carbon-charge-of-the-european-union-2030 = угљенична такса: Европска унија, 2030.
label-scenario-quota-of-the-european-union-2030 = квота: Европска унија, 2030.
label-scenario-carbon-charge-of-the-southern-league-2030 = угљенична такса: Јужни савез, 2030.
label-scenario-quota-of-the-southern-league-2030 = квота: Јужни савез, 2030.
label-scenario-withdrawal-of-china-2030 = повлачење партнера: Кина, 2030.
label-scenario-withdrawal-of-eu-neighbours-2030 = повлачење партнера: суседи из ЕУ, 2030.
label-scenario-withdrawal-of-european-union-2030 = повлачење партнера: Европска унија, 2030.
label-scenario-withdrawal-of-germany-2030 = повлачење партнера: Немачка, 2030.
label-scenario-withdrawal-of-hungary-2030 = повлачење партнера: Мађарска, 2030.
label-scenario-withdrawal-of-italy-2030 = повлачење партнера: Италија, 2030.
label-scenario-withdrawal-of-russia-2030 = повлачење партнера: Русија, 2030.
label-scenario-withdrawal-of-turkey-2030 = повлачење партнера: Турска, 2030.
label-scenario-withdrawal-of-united-kingdom-2030 = повлачење партнера: Уједињено Краљевство, 2030.
label-scenario-withdrawal-of-united-states-2030 = повлачење партнера: Сједињене Америчке Државе, 2030.
label-scenario-withdrawal-of-other-eu-2030 = повлачење партнера: остатак ЕУ, 2030.
label-scenario-withdrawal-of-rest-of-the-world-2030 = повлачење партнера: остатак света, 2030.
label-scenario-withdrawal-of-eastmark-2030 = повлачење партнера: Истмарк, 2030.
label-scenario-withdrawal-of-northmark-2030 = повлачење партнера: Нортмарк, 2030.
label-scenario-withdrawal-of-southern-league-2030 = повлачење партнера: Јужни савез, 2030.
label-scenario-withdrawal-of-southmark-2030 = повлачење партнера: Саутмарк, 2030.
label-scenario-accession-2035 = приступање, 2035.
label-scenario-agreements-end-2035 = престанак споразума, 2035.
label-scenario-agreements-never-made-2035 = без склапања споразума, 2035.
label-scenario-agreements-2035 = споразуми, 2035.
label-scenario-agreements-2035-deficits-set = споразуми, задати дефицити, 2035.
label-scenario-agreements-2035-trade-balanced = споразуми, уравнотежена размена, 2035.
label-scenario-drift-stops-2035 = помак престаје, 2035.
label-scenario-gateway-with-origin-2035 = приступно тржиште, уз правила порекла, 2035.
label-scenario-gateway-without-origin-2035 = приступно тржиште, без правила порекла, 2035.
label-scenario-industry-more-productive-2035 = продуктивнија индустрија, 2035.
label-scenario-mines-as-they-are-2035 = рудници као сада, 2035.
label-scenario-other-exports-cheaper-2035 = јефтинији остали извоз, 2035.
label-scenario-accession-2039 = приступање, 2039.
label-scenario-agreements-end-2039 = престанак споразума, 2039.
label-scenario-agreements-never-made-2039 = без склапања споразума, 2039.
label-scenario-agreements-2039 = споразуми, 2039.
label-scenario-agreements-2039-deficits-set = споразуми, задати дефицити, 2039.
label-scenario-agreements-2039-trade-balanced = споразуми, уравнотежена размена, 2039.
label-scenario-drift-stops-2039 = помак престаје, 2039.
label-scenario-gateway-with-origin-2039 = приступно тржиште, уз правила порекла, 2039.
label-scenario-gateway-without-origin-2039 = приступно тржиште, без правила порекла, 2039.
label-scenario-industry-more-productive-2039 = продуктивнија индустрија, 2039.
label-scenario-mines-as-they-are-2039 = рудници као сада, 2039.
label-scenario-other-exports-cheaper-2039 = јефтинији остали извоз, 2039.
label-scenario-accession-2040 = приступање, 2040.
label-scenario-agreements-end-2040 = престанак споразума, 2040.
label-scenario-agreements-never-made-2040 = без склапања споразума, 2040.
label-scenario-agreements-2040 = споразуми, 2040.
label-scenario-agreements-2040-deficits-set = споразуми, задати дефицити, 2040.
label-scenario-agreements-2040-trade-balanced = споразуми, уравнотежена размена, 2040.
label-scenario-drift-stops-2040 = помак престаје, 2040.
label-scenario-gateway-with-origin-2040 = приступно тржиште, уз правила порекла, 2040.
label-scenario-gateway-without-origin-2040 = приступно тржиште, без правила порекла, 2040.
label-scenario-industry-more-productive-2040 = продуктивнија индустрија, 2040.
label-scenario-mines-as-they-are-2040 = рудници као сада, 2040.
label-scenario-other-exports-cheaper-2040 = јефтинији остали извоз, 2040.

## Labels of the dimension closure
label-closure-investment-adjusts = прилагођавају се улагања
label-closure-taxes-adjust = прилагођавају се порези

## Labels of the dimension direction
label-direction-export = извоз
label-direction-import = увоз

## Labels of the dimension donor
label-donor-croatia-2010 = Хрватска, 2010.
label-donor-hungary-1993 = Мађарска, 1993.
label-donor-hungary-2020 = Мађарска, 2020.
label-donor-northmark-s-ledgers = књиге Нортмарка
label-donor-guild-books = еснафске књиге

## Labels of the dimension elasticity_set
label-elasticity-set-caliendo-parro-2015 = Калијендо и Паро, 2015.
label-elasticity-set-fontagne-2022 = Фонтање и други, 2022.
label-elasticity-set-uniform-4 = четири у сваком сектору
label-elasticity-set-another-almanac = други алманах
label-elasticity-set-one-almanac = један алманах

## Labels of the dimension item
label-item-cepii-baci = CEPII BACI
label-item-chinese-customs = кинеске царине
label-item-serbian-statistics = српска статистика
label-item-with-china = са Кином
label-item-with-european-union = са Европском унијом
label-item-crown-office = Круниска канцеларија
label-item-customs-of-northmark = царине Нортмарка
label-item-with-northmark = са Нортмарком
label-item-with-southern-league = са Јужним савезом

## Labels of the dimension quantile
label-quantile-p10 = P10
label-quantile-p50 = P50
label-quantile-p90 = P90

## Columns of tables
column-year = Година
column-hour = Сат
column-initiative = Иницијатива
column-stage = Фаза
column-envelope = Финансијски оквир
column-reference-class = Класа пројеката
column-sector = Сектор
column-technology = Технологија
column-partner = Партнер
column-domain = Област
column-region = Регион
column-border = Граница
column-direction = Смер
column-lender = Финансијер
column-currency = Валута
column-closure = Ко се прилагођава
column-scenario = Сценарио
column-item = Ставка
column-origin = Порекло
column-donor = Рачуни земље
column-elasticity-set = Еластичности из
column-zone = Зона
column-product = Производ
column-weather = Година времена
column-unit = Јединица
column-fuel = Гориво
column-receiver = Прималац
column-payer = Платилац
column-importer = Увозник
column-exporter = Извозник
column-input = Улаз
column-period = Период
column-month = Месец
column-p10 = P10
column-p50 = Медијана
column-p90 = P90
column-answer = Оцена
column-claims = Тврдње
column-open = Још отворено
column-basis = Почива на
column-rule = Правило
column-severity = Тежина
column-findings = Налази
column-met = У реду
column-applicable = Проверено
column-status = Како је познато
column-facts = Подаци
column-grade = Оцена извора
column-source = Извор
column-title = Наслов
column-producer = Издавач
column-published = Објављено
column-accessed = Прочитано
column-licence = Лиценца
column-address = Адреса
column-conflict = Противречност
column-kind = Врста
column-sides = Стране
column-weights = Тежине
column-chosen = Изабрана страна
column-series = Низ
column-quantity = Величина
column-borrowed = Позајмљено од
column-mends = Исправке
column-file = Датотека
column-table = Табела
column-synthetic = Како је састављено
column-gap = Зашто недостаје
column-says = Шта каже
column-claim = Тврдња
column-paragraph = Пасус
column-share = Удео будућности
column-margin = Размак до границе
column-hinges-on = Зависи од
column-document = Документ
column-voice = Чије су речи
column-tense = Време
column-partners = Партнери
column-interval-low = Интервал од
column-interval-high = Интервал до
column-required-share = Потребан удео
column-margin-unit = Јединица размака
column-conflicts = Противречности
column-initiatives = Иницијативе
column-lever = Полуга
column-at-least = Од
column-at-most = До
column-plan = У плану
column-step = Корак
column-model = Модел
column-variable = Променљива
column-what = Шта
column-value = Вредност
column-strategy = Стратегија
column-country = Земља
column-futures = Будућности

## What a run was made from
about-run = Прорачун
about-country = Земља
about-strategy = Стратегија
about-futures = Број будућности
about-seed = Семе извлачења
about-price-base = Новац
about-as-of = Подаци на дан
about-version = Верзија: { $of }

## Charts
chart-country-verdicts = Тврдње према оцени
chart-country-bases = На чему оцене почивају
chart-country-findings = Где текст није усклађен
chart-sources-statuses = Како су подаци познати
chart-sources-grades = Подаци према оцени извора
chart-sources-sources = Извори
chart-sources-conflicts = Противречности података и тврдњи
chart-sources-series = Сатни низови
chart-sources-tables = Табеле трговине и рачуна
chart-sources-gaps = Шта у пакету недостаје

## Notes under charts
note-claims = { $claims } { $claims ->
        [one] тврдња
        [few] тврдње
       *[other] тврдњи
    }, { $tests } { $tests ->
        [one] провера
        [few] провере
       *[other] провера
    }.
note-futures = { $futures } { $futures ->
        [one] будућност
        [few] будућности
       *[other] будућности
    }.
note-facts = Модели почивају на { $facts } { $facts ->
        [one] податку
        [few] податка
       *[other] података
    }; претпостављених је { $assumed }.
note-coherence = Текст испуњава { $met } од { $applicable } мерила усклађености.
note-power-screened = За још { $futures } { $futures ->
        [one] будућност
        [few] будућности
       *[other] будућности
    } одговор је тачан до на { NUMBER($gap, style: "percent", maximumFractionDigits: 2) }.
note-few-futures = Одговор постоји у { $futures } од { $of } будућности, у којима је електроенергетски систем решен.
note-sources = { $facts } { $facts ->
        [one] податак
        [few] податка
       *[other] података
    } из { $sources } { $sources ->
        [one] извора
        [few] извора
       *[other] извора
    }.

## Titles of method pages
method-schedule = Рокови: када је фаза заиста завршена
method-projects = Пројекти: шта доносе
method-spending = Трошење: трошак, новац и финансијери
method-economy = Привреда, из године у годину
method-trade = Трговина са светом
method-power = Електроенергетски систем
method-adequacy = Поузданост снабдевања струјом
method-debt = Јавни дуг
method-adequacy-chronological = Поузданост снабдевања струјом, сат по сат
method-dependence = Зависност од партнера
method-backtest = Провера на прошлости
method-coherence = Усклађеност текста
method-complexity = Производи и њихов простор
method-coupling = Како модели предају један другом
method-economy-data = На чему модел привреде почива
method-gravity = Гравитација трговине
method-money = Новац и дуг
method-power-engine = Рачунски механизам електроенергетског модела
method-sensitivity = Осетљивост: од чега резултат зависи
method-social-accounts = Друштвени рачуни
method-value-added = Додата вредност у трговини
method-western-balkans = Електроенергетски систем Западног Балкана
method-world-table = Светска табела трговине

## Screens
screen-country = Земља
screen-country-about = Куда земља иде по плану и колико је тврдњи тачно.
screen-sources = Извори и метод
screen-sources-about = Сваки податак, извор и противречност на којима резултати почивају, и како сваки модел одговара.
report-dates-table = Обећани и израчунати рокови

## Short forms of answers on chips
verdict-holds = важи
verdict-fails = не важи
verdict-hinges = зависи
verdict-confirmed = потврђено
verdict-partly = делимично
verdict-contradicted = оповргнуто
verdict-unverified = без доказа
verdict-not-modelled = није моделовано
verdict-opinion = мишљење

## Navigation
nav-screens = Екрани
nav-plan = План
nav-world = Земља и свет
nav-check = Докази и прорачуни
nav-claims = Претходна и следећа тврдња
nav-parts = Делови овог екрана
nav-pages = Странице

## Screens and what they answer
screen-claims = Тврдње
screen-claims-about = Свака реченица која се може проверити, са оценом и оним на чему оцена почива.
screen-levers = Полуге
screen-levers-about = Шта се мења када је иницијатива већа, каснија или друкчије плаћена.
screen-initiatives = Иницијативе
screen-initiatives-about = Када је шта заиста готово, по којој цени, и шта задржава остало.
screen-economy = Привреда
screen-economy-about = Производ, рад, зараде, цене и јавни новац на том путу, свако са својом траком.
screen-trade = Трговина
screen-trade-about = Ко шта купује и продаје, и шта споразуми мењају.
screen-power = Струја
screen-power-about = Које електране када раде, колико струја кошта и има ли је довољно.
screen-dependence = Зависност
screen-dependence-about = Колико се земља, област по област, ослања на мало партнера.
screen-findings = Усклађеност
screen-findings-about = Где текст није усклађен, пре него што је иједан модел упитан.
screen-compare = Поређење
screen-compare-about = Два прорачуна један поред другог: шта се разликује у ономе што је ушло, а шта у ономе што је изашло.
screen-runs = Прорачуни
screen-runs-about = Шта је израчунато на овом рачунару, и како израчунати више.
screen-country-verdicts = { $count } { $count ->
        [one] проверена тврдња
        [few] проверене тврдње
       *[other] проверених тврдњи
    }

## Parts of the screen of sources
part-overview = Преглед
part-facts = Подаци
part-conflicts = Противречности
part-sources = Извори
part-methods = Модели

## Buttons and links
action-skip = На садржај
action-menu = Мени
action-undo = Поништи
action-undo-about = Поништи последњи избор (Ctrl+Z)
action-light = Светле боје
action-dark = Тамне боје
action-print = Штампај
action-try-again = Покушај поново
action-all-claims = Све тврдње
action-all-findings = Сви налази
action-all-facts = Сви подаци
action-find = Нађи
action-clear = Уклони филтере
action-sort = Поређај по овој колони
action-previous = Претходно
action-next = Следеће
action-see-path = Погледај путању по годинама
action-start-run = Покрени прорачун
action-open-run = Отвори прорачун
action-resume = Настави
action-stop = Заустави
action-swap = Замени места

## More columns
column-hinges = Зависи од
column-evidence = Докази
column-reason = Разлог
column-chart = Графикон
column-fact = Податак
column-known-on = Познато на дан
column-vintage = Издање податка
column-locator = Место у извору
column-note = Напомена
column-change = Промена

## How a test compares, and what a change does
compare-ratio = у односу на
compare-difference = мање
compare-without = у поређењу са истим без
verb-set = постављено на
verb-scale = пута
verb-add = плус

## What the page says of itself
state-run = Прорачун
state-run-choice = { $strategy } · { $futures } { $futures ->
        [one] будућност
        [few] будућности
       *[other] будућности
    } · { $made }
state-language = Језик
state-country = Земља
state-strategy = Стратегија
state-futures = Будућности
state-futures-failed = { $count } { $count ->
        [one] није успела
        [few] нису успеле
       *[other] није успело
    }
state-seed = Семе
state-as-of = На дан
state-price-base = Цене из
state-private = Све се рачуна и приказује на овом рачунару. Ништа га не напушта.
state-private-report = Ова датотека садржи све своје податке. Ништа не шаље и ништа не тражи.
state-headlines = Главни бројеви
state-loading = Учитава се
state-never = никад
state-all = све
state-seconds = { $count } { $count ->
        [one] секунда
        [few] секунде
       *[other] секунди
    }
state-minutes = { $count } { $count ->
        [one] минут
        [few] минута
       *[other] минута
    }
state-hours = { $count } { $count ->
        [one] сат
        [few] сата
       *[other] сати
    }

## Why something is not shown
state-offline = Морава не одговара
state-offline-about = Ова страница пита програм на вашем рачунару. Можда је заустављен: поново покрените `morava serve`, па покушајте опет.
state-offline-note = Прегледач каже да није на мрежи. Овој страници треба само програм на вашем рачунару.
state-missing = Нема у овом прорачуну
state-missing-about = Нема прорачуна или овог његовог дела.
state-refused = Ово се не може приказати
state-refused-about = Морава је одбила захтев и каже зашто.
state-failed = Нешто је пошло по злу
state-failed-about = Ово је грешка Мораве или података, а не ваша.
state-what = Шта
state-where = Где
state-mend = Шта помаже
error-not-in-report = Овај извештај не садржи тај део. Направите извештај поново или отворите прорачун наредбом `morava serve`.
state-empty-screen = Овај прорачун нема ништа за овај екран.

## Bands and shares
state-band = 80% будућности: { $low } до { $high }
state-share = важи у { $share } будућности ({ $low } до { $high })
state-share-alone = важи у { $share }
state-no-share = без удела будућности
state-required = Да би важила, мора бити испуњена у { $share }.
state-interval = интервал од 95%: { $low } до { $high }
state-bound = Граница
state-median = Медијана
state-at-least = најмање { $value }
state-at-most = највише { $value }
state-by = до { $date }
state-not-before = не пре { $date }
state-against = Медијана { $middle }, 80% будућности од { $low } до { $high }; граница: { $bound }

## The screen of claims
state-claims-shown = { $shown } од { $all } тврдњи
state-no-claims = Ниједна тврдња не одговара филтерима.
state-open = одлучило би више будућности
state-open-about = Интервал прелази праг: одлучило би више будућности.
state-place = { $place } од { $all }
state-the-claim = Оцена: { $answer }.
state-rests-on = Почива на: { $basis }.
state-awaits = Чека
state-own-document = Из вашег примерка документа
state-characters = знакови од { $start }, дужине { $length }
state-hinges-about = Део варијансе резултата који свака неизвесност сама објашњава.
state-tests = { $count } { $count ->
        [one] провера
        [few] провере
       *[other] провера
    }
state-promises = Историја најављених рокова
state-promises-about = Сваки датум наведен за прекретницу, редом којим је речен.
state-said = речено { $date }
state-finish = Завршено, по прорачуну
state-latest-promise = Последњи најављени рок
state-kept-in = испуњен у { $share } будућности
state-cancelled = Обустављено у
state-financing = Плаћа
state-changes = Шта мења
state-spread = Туђе табеле
state-spread-about = Иста провера за сваки избор података о коме нико не може да пресуди.
state-foreseen = Колико је добро ово предвиђано у прошлости
state-foreseen-about = Исти модел на прошлим годинама, поређен са оним што се догодило.
state-skill = успешност према тренду { $skill }
state-closure = Ко се прилагођава
state-facts = Подаци
state-models = Модели
state-known-on = познато на дан { $date }

## Conflicts
state-side = Страна { $number }
state-counts = рачуна се
state-drawn = извлачи се изнова у свакој будућности
state-reading = Тумачење
state-no-conflicts = Ниједна противречност не одговара.

## Coherence
state-coherence = { $met } од { $applicable } провера је у реду
state-no-findings = Ништа није нађено.
state-nothing-to-check = нема шта да се провери
state-shown = { $shown } од { $all }

## Facts
state-range = { $first } до { $last } од { $all } података
state-no-facts = Ниједан податак не одговара.
state-as-printed = Како је одштампано
state-in-base = У јединици модела
state-same-quantity = Други подаци о овоме
state-gives = Даје

## Compare
state-first-run = Први прорачун
state-second-run = Други прорачун
state-one-run = Постоји само један прорачун. За поређење направите други, са другом стратегијом или другим полугама.
state-inputs-differ = Шта се разликује у ономе што је ушло
state-nothing-differs = Нема разлика.
state-bands-beside = Главни бројеви један поред другог
state-only-in-one = Шта има само један од прорачуна
state-not-in-run = нема у овом прорачуну
state-medians-about = За сваку величину, место на коме се медијана највише померила.
input-country = Земља
input-strategy = Стратегија
input-futures-file = Датотека неизвесности
input-futures = Будућности
input-seed = Семе
input-chunk-size = Будућности у једном делу
input-power-futures = Будућности са електроенергетским програмом
input-power-years = Године електроенергетског програма
input-power-weeks = Недеље електроенергетског програма
input-power-check = Будућности проверене на свим сатима
input-power-screened = Приближно решене будућности
input-country-hash = Садржај пакета земље
input-strategy-hash = Садржај стратегије
input-futures-hash = Садржај неизвесности
input-code-hash = Код модела
input-versions = Библиотеке

## Runs and jobs
state-first-title = Направите први прорачун
state-first-about = На овом рачунару још нема прорачуна. Прорачун извлачи много будућности, у свакој спроводи план и проверава сваку тврдњу.
state-new-run = Направи прорачун
state-new-run-about = Прорачун спроводи план у много будућности: када је шта заиста готово, шта раде привреда, трговина и струја, и у колико будућности свака тврдња важи. Чува се на овом рачунару и може се зауставити и наставити.
state-cost-asked = Процењује се колико траје
state-cost = Око { $time } на овом рачунару, у деловима: { $chunks }.
state-cost-unknown = Делова: { $chunks }. Колико трају на овом рачунару још се не зна.
state-cost-there = Овај прорачун већ постоји: покретање га само отвара.
state-runs-there = { $count } { $count ->
        [one] прорачун
        [few] прорачуна
       *[other] прорачуна
    } на овом рачунару
state-made = Започето
state-actions = Радње
state-levers-moved = { $count } { $count ->
        [one] померена полуга
        [few] померене полуге
       *[other] померених полуга
    }
state-old-run = направљен другом верзијом
state-finished = завршен
state-shown-now = сада приказан
state-stop-about = Оно што је урађено остаје.
job-waiting = Чека други прорачун
job-running = У току
job-done = Готово
job-failed = Није успело
job-stopped = Заустављено
job-of = { $strategy }, { $futures } { $futures ->
        [one] будућност
        [few] будућности
       *[other] будућности
    }, прорачун
job-progress = { $done } од { $total } делова ({ $share })
job-left = остаје око { $left }
choice-year = Година
choice-week = Недеља
choice-zone = Зона
state-how-sure = Како се ово зна
state-state = Стање

## Choices of screens
choice-future = Будућност
choice-partner = Партнер
choice-item = Ко броји
choice-scenario = Сценарио
choice-domain = Област
choice-envelope = Финансијски оквир
choice-quantity = Величина

## Titles of charts of screens
chart-power-dispatch = Рад електрана током недеље
chart-power-border-import = Увоз струје по границама
chart-power-border-export = Извоз струје по границама
chart-power-proof = Како су доказани одговори електроенергетског програма
chart-power-claims = Тврдње о струји
chart-economy-wage-promises = Обећане зараде
chart-economy-foreseen = Колико је добро предвиђена прошлост
chart-economy-residuals = Колико се модели тачно затварају и слажу
chart-economy-claims = Тврдње о привреди и јавном дугу
chart-trade-partners = Извоз, увоз и биланс по партнерима
chart-trade-balance-of-office = Биланс роба према изабраној статистици
chart-trade-value-added-home = Део извоза зарађен у земљи
chart-trade-claims = Тврдње о трговини
chart-initiatives-timeline = Када се завршавају иницијативе и њихове фазе
chart-initiatives-slip-ledger = Најављени рокови и како су померани
chart-initiatives-envelopes = Финансијски оквири: одвојено, потрошено и преостало
chart-initiatives-money-claims = Тврдње о новцу
chart-dependence-largest = Највећи партнер сваке области
chart-dependence-share-of-partner = Удео изабраног партнера у свакој области
chart-dependence-withdrawals = Реални доходак када партнер престане да тргује
chart-dependence-border-lost = Додатни недостатак снаге без једне границе
chart-dependence-claims = Тврдње о зависности
chart-compare-inputs = Шта је друкчије ушло
chart-compare-verdicts = Оцене које су се промениле
chart-compare-medians = Медијане које су се помериле
chart-compare-only-in = Шта садржи само један од прорачуна

## Columns of screens
column-mean = Средња вредност
column-power = Снага
column-method = Метод
column-future = Будућност
column-solved = Решено
column-share-of-hours = Удео сати
column-share-of-futures = Удео будућности
column-test = Провера
column-variant = Са или без
column-promised-value = Обећано
column-score = Оцена тачности
column-foreseen = Исход
column-skill = Успешност
column-coverage = Покривеност траке од 80%
column-effective-years = Независне године
column-flow = Ток
column-promised = Обећано
column-kept = Испуњено у будућностима
column-cancelled = Обустављено у будућностима
column-critical = Критично у будућностима
column-milestone = Прекретница
column-said = Речено
column-as-written = Како је написано
column-promise-kind = Врста изјаве
column-moved = Померено за
column-moved-in-all = Укупно померено
column-part-of = Део
column-first-year = Од
column-last-year = До
column-amount = Износ
column-spent-p10 = Потрошено, P10
column-spent-p50 = Потрошено, медијана
column-spent-p90 = Потрошено, P90
column-left-p10 = Преостало, P10
column-left-p50 = Преостало, медијана
column-left-p90 = Преостало, P90
column-cost-p10 = Цео трошак, P10
column-cost-p50 = Цео трошак, медијана
column-cost-p90 = Цео трошак, P90
column-within = Унутар оквира у будућностима
column-run = Прорачун
column-one = Први прорачун
column-other = Други прорачун
column-answer-one = Оцена, први прорачун
column-answer-other = Оцена, други прорачун
column-share-one = Удео, први прорачун
column-share-other = Удео, други прорачун
column-median-one = Медијана, први прорачун
column-median-other = Медијана, други прорачун
column-moved-by = Померено за
column-where = Где
column-side = Садржи га

## Labels of charts
label-technology-net-import = нето увоз
label-technology-charging = пуњење складишта
label-technology-moved-load = померена потрошња дата центара
label-technology-unserved = неиспоручена енергија
label-method-simple = из расподеле испада
label-method-simulated = симулирано сат по сат
label-method-sampling-low = симулирано, доња граница узорковања
label-method-sampling-high = симулирано, горња граница узорковања
label-solved-exact = тачно
label-solved-screened = до на један одсто
label-variant-with-the-programme = са програмом
label-variant-without-the-programme = без програма
label-flow-export = извоз
label-flow-import = увоз
label-flow-balance = биланс
label-run-side-one = први прорачун
label-run-side-other = други прорачун
label-promise-kind-first-promise = прво обећање
label-promise-kind-later-promise = касније обећање
label-promise-kind-actual = шта се догодило
label-foreseen-better-than-the-trend = боље од тренда
label-foreseen-loses-to-the-trend = лошије од тренда
label-foreseen-no-better-and-no-worse-than-the-trend = ни боље ни лошије од тренда
label-item-cost = трошак
label-item-emissions = емисије
label-item-mean-price = просечна цена
label-item-net-imports = нето увоз
label-item-unserved-demand = неиспоручена енергија
label-domain-arms = наоружање
label-domain-compute = рачунарска снага
label-domain-debt = дуг
label-domain-export = извоз
label-domain-import = увоз
label-domain-investment = улагања
label-domain-programme-finance = новац за програм
label-input-country = земља
label-input-strategy = стратегија
label-input-futures-file = датотека будућности
label-input-futures = будућности
label-input-seed = семе
label-input-chunk-size = будућности у једном делу
label-input-power-futures = будућности са струјом
label-input-power-years = године са струјом
label-input-power-weeks = недеље са струјом
label-input-power-check = будућности са струјом и на свим сатима
label-input-power-screened = будућности са струјом до на један одсто
label-input-country-hash = садржај пакета земље
label-input-strategy-hash = садржај стратегије
label-input-futures-hash = садржај датотеке будућности
label-input-code-hash = код Мораве
label-input-versions = верзије библиотека

## Notes of screens
note-hours-of-future = Сати будућности { $future } у { $year }, { $week }. недеља године.
note-curve-of-year = Сати године { $year }, од највишег до најнижег.
note-power-failed = За { $failed } { $failed ->
        [one] будућност
        [few] будућности
       *[other] будућности
    } електроенергетски систем није решен.
note-power-weeks = Електроенергетски систем решава се на изабраним недељама сваке године, којих је { $weeks }.
note-power-all-hours = Електроенергетски систем решава се за све сате године.
note-power-calendar = Према свим сатима године, изабране недеље греше највише { NUMBER($error, style: "percent", maximumFractionDigits: 1) } у провереној будућности.
note-closure = Ко се прилагођава када се новац не слаже: { $closure }.
note-in-year = Године { $year }.
note-with-partner = Партнер: { $partner }.
note-counted-by = Броји: { $item }.
note-of-scenario = Сценарио: { $scenario }.
note-trade-residual = Ниједно тржиште модела трговине не одступа више од { NUMBER($residual, maximumSignificantDigits: 2) } плаћеног.
note-of-envelope = Финансијски оквир: { $envelope }.
note-criticality = Фаза је критична у оном уделу будућности, од оних у којима се иницијатива заврши, у којима најдужи пут пролази кроз њу.
note-of-domain = Област: { $domain }.
note-compared = Први прорачун { $one }, други прорачун { $other }.
note-verdicts-moved = Од { $claims } тврдњи, другу оцену или други удео будућности има { $moved }.
unit-eur-month = EUR те године месечно
unit-ruc-month = RUC те године месечно
label-domain-compute-with-the-third-system = рачунарска снага са трећим системом
label-domain-import-by-origin-sors = увоз по пореклу (РЗС)
label-domain-export-sors = извоз (РЗС)
label-domain-investment-jan-sep = улагања, јануар–септембар
column-earlier-promises = Раније обећано
chart-day = дан { $day }

## Charts: tabs, files, and what is said under them
chart-tab-chart = Графикон
chart-tab-table = Табела
chart-tab-sources = Извори
chart-files = Датотеке овог графикона
chart-keep = Сачувај као { $kind }
chart-not-kept = Прегледач није могао да направи датотеку. Покушајте другу врсту.
chart-empty = Нема шта да се нацрта: табела је празна.
chart-legend = Низови; притисните један да га искључите или укључите
chart-show-all = Прикажи све
chart-patterns = Шаре
chart-stages = Прикажи фазе
chart-bounds = Шта тврдње кажу:
chart-gantt-key = Стубић: од 10 до 90 од 100 будућности. Црта: медијана. Пун ромб: последње обећање; шупљи: ранија обећања. Испрекидана линија: дан прорачуна. Стрелица: касније него што цртеж показује, или никад.
chart-models = Модели
chart-no-sources = Овде се броји оно што је у самом прорачуну; иза тога не стоји спољни извор.
state-yes = да
state-no = не
chart-band = { $middle } ({ $low } до { $high })
chart-says-nothing = { $title }: нема шта да се нацрта.
chart-says-range = { $title }, { $column }: од { $from } до { $to }.
chart-says-unknown = { $series }: није познато.
chart-says-band-alone = Медијана иде од { $first } до { $last }; на крају 80 од 100 будућности лежи између { $low } и { $high }.
chart-says-band-series = { $series }: медијана иде од { $first } до { $last }, на крају између { $low } и { $high }.
chart-says-line-alone = Од { $first } до { $last }.
chart-says-line-series = { $series }: од { $first } до { $last }.

## Levers: the panel of sliders
lever-title = Полуге
lever-reset-all = Врати све
lever-reset-short = врати
lever-reset = Врати: { $lever }
lever-kind-size = Колико велико
lever-kind-start = Колико касније
lever-kind-financing = Ко плаћа
lever-kind-policy = Политика
lever-of-size = плана
lever-of-financing = новца
lever-of-policy = плана
lever-later = година касније од обећаног
lever-range = { $low } до { $high } { $unit }
lever-at-plan = план: { $plan }
lever-unknown-to-emulator = Емулатор још не познаје ову полугу.
lever-what = Шта чини, и зашто овај распон
lever-no-note = Пакет не даје разлог за овај распон.
lever-moves = Помера:
lever-source = Извор:
lever-none = Ова стратегија не наводи полуге.

## Levers: charts
lever-watch = Прати
lever-where = Где
lever-sum = све заједно
lever-now = са полугама
lever-plan = план
lever-error = грешка где је испробано
lever-exact = пуни модели
lever-emulated = емулирано, грешка ± { $error } { $unit }
lever-against = { $year }; 80% будућности: { $low } до { $high }. По плану: { $plan }
lever-says = { $title }, { $year }: { $middle } { $unit } са полугама, 80 од 100 будућности између { $low } и { $high }; по плану { $plan }. Емулирано, грешка до { $error }.
lever-says-refused = { $title }, { $year }: по плану { $plan } { $unit }. О садашњем положају полуга не каже се ништа.

## Levers: verdicts
lever-verdicts = Шта бива са тврдњама
lever-count-plan = план { $count }
lever-followed = Полуге одмах прати { $followed } од { $all } тврдњи. Остале задржавају оцену прорачуна; за оне о сатима струје потребан је прорачун пуних модела.
lever-movers = Тврдње које се највише померају
lever-no-movers = Ниједна тврдња се не помера.
lever-share = важи у { $before } → { $now } будућности, грешка ± { $error }

## Levers: when nothing can be said
lever-refuses = О овом положају не каже се ништа
lever-refuses-outside = { $lever }: испробано је само од { $low } до { $high }.
lever-refuses-unknown = Овај план нема полугу { $lever }.
lever-refuses-unanswered = Тамо би одговор имало само { $share } будућности; потребно је најмање 90%.
lever-no-emulator = Још ништа не одговара одмах
lever-no-emulator-about = За ову стратегију није направљен емулатор. Ова наредба га прави из многих прорачуна пуних модела. Пуне моделе и даље можете покренути испод.
lever-stale = Направљено за раније стање
lever-stale-about = Емулатор је направљен пре него што се променило: { $what }. Бројеви могу грешити више него што приказана грешка каже. Направите га поново наредбом morava levers.
lever-stale-country-hash = пакет земље
lever-stale-strategy-hash = стратегија
lever-stale-futures-hash = будућности
lever-stale-code-hash = модели
lever-stale-levers-hash = полуге
lever-stale-made-with = нумеричке библиотеке
lever-fitted = Подешено на { $points } положаја полуга са по { $futures } будућности; грешка је мерена на { $held } положаја који су остављени по страни.

## Levers: the full models
lever-run = Пуни модели
lever-run-report = Извештај не може покренути моделе. За то отворите страницу наредбом morava serve.
lever-run-start = Покрени пуне моделе
lever-run-unmoved = Све полуге стоје на плану: тај прорачун већ постоји.
lever-run-done = Готово: { $futures } будућности.
lever-run-open = Отвори прорачун, поред емулираног
lever-beside = Емулирано поред пуних модела
lever-beside-about = Овај прорачун направљен је са полугама какве јесу. Последња година сваког броја који дају оба, и тврдње које се највише разилазе.
lever-number = Број
lever-emulated-head = емулирано
lever-apart = разлика
lever-agreed = Исту оцену од оба добило је { $agreed } од { $all } тврдњи.

## Further
state-charts = { $count } { $count ->
        [one] графикон
        [few] графикона
       *[other] графикона
    } на овом екрану
action-open-newest = Отвори најновији прорачун
report-method-telling = Прва страна приказује пет налаза по сталном правилу: две тврдње које не важе у највише будућности, из различитих области; ону која највише зависи од једне неизвесности; ону која важи у највише будућности; затим најтеже место у тексту. Где које недостаје, замењује га следеће по овом реду.
lever-watched = Шта се прати
chart-more-names = још { $count } { $count ->
        [one] назив
        [few] назива
       *[other] назива
    }

## The command line. Numbers come as words, as the language writes them
cli-header = { $strategy } ({ $country }): број будућности { $futures }, семе { $seed }, на дан { $day }, новац у { $base }
cli-left-out-futures = будућности без одговора, изостављених: { $failed }
cli-future = будућност { $number }: { $reason }
cli-together = Да ли је текст усклађен?
cli-findings = { $count } { $count ->
        [one] налаз
        [few] налаза
       *[other] налаза
    }
cli-met = у реду { $met } од { $applicable }
cli-not-assessed = није оцењено
cli-more = и још { $count }
cli-score = { $findings }; испуњено { $met } од { $applicable } мерила ({ $share })
cli-nothing-to-assess = нема шта да се оцени
cli-group-fails = Не важи у већини будућности
cli-group-hinges = Зависи од онога што нико не бира
cli-group-holds = Важи у већини будућности
cli-group-contradicted = У супротности са чињеницама
cli-group-partly = Делимично тачно, према чињеницама
cli-group-confirmed = Потврђено чињеницама
cli-group-unverified = Без нађених доказа
cli-group-not-modelled = Још није моделовано
cli-group-opinion = Мишљења, о којима ништа не може одлучити
cli-answer-fails = не важи
cli-answer-hinges = зависи
cli-answer-holds = важи
cli-answer-contradicted = оповргнуто
cli-answer-partly = делимично
cli-answer-confirmed = потврђено
cli-answer-unverified = без доказа
cli-answer-not-modelled = није моделовано
cli-answer-opinion = мишљење
cli-answer-absent = (нема је)
cli-counted = { $answer }: { $number }
cli-claims = тврдњи { $count }:
cli-parts-left-out = { $count } { $count ->
        [one] део
        [few] дела
       *[other] делова
    } плана изостављено, уз разлоге: `morava show notes`
cli-slip = књига одлагања: најављени рокови померају се за { $rate } године годишње (интервал од 95%: { $low } до { $high })
cli-facts = модели почивају на подацима, којих је { $known }; претпостављених је { $assumed }: `morava show facts --find assumed`
cli-results = резултати: { $path }
cli-next = даље: `morava explain { $claim }`, `morava show milestones`, `morava export`
cli-of-futures = { $share } будућности
cli-on-facts = према подацима
cli-interval = ({ $low } до { $high })
cli-interval-open = ({ $low } до { $high }), отворено
cli-margin = размак { $margin }
cli-never = никад
cli-years = { $number } година
cli-by = према: { $basis }
cli-hinges-on = зависи од: { $factors }
cli-passage = { $document }, пасус { $paragraph }, знакови { $start } до { $end }, sha256 { $hash }
cli-passage-without-hash = { $document }, пасус { $paragraph }, знакови { $start } до { $end }, хеш није забележен
cli-verdict = оцена: { $answer }, према: { $basis }
cli-verdict-in = оцена: { $answer }, према: { $basis }, у { $share } будућности
cli-threshold = интервал од 95%: { $low } до { $high }; важи од { $required } будућности навише
cli-tests = провере
cli-column-answer = оцена
cli-column-share = удео
cli-column-unit = јединица
cli-column-bound = граница
cli-column-quantity = величина
cli-column-hinges-on = зависи од
cli-date = датум
cli-conflict = противречност { $name } ({ $kind }): { $subject }
cli-version = верзија { $number }
cli-version-chosen = верзија { $number }, изабрана
cli-version-weight = верзија { $number }, тежина { $weight }
cli-claim = тврдња { $claim }: { $says }
cli-reading = тумачење: { $reading }
cli-initiative = иницијатива { $name }: { $title } ({ $status })
cli-promise = { $promise }: { $milestone } { $date }, речено { $said } ({ $kind })
cli-done = завршено: P10 { $low }, P50 { $middle }, P90 { $high }; до последњег обећања ({ $promised }) у { $share } будућности; обустављено у { $cancelled }
cli-estimate = процена: { $low } { $unit }
cli-estimate-range = процена: { $low } до { $high } { $unit }
cli-outturn = стварни трошак: P10 { $low }, P50 { $middle }, P90 { $high } { $unit }
cli-without-source = без наведеног извора: P10 { $low }, P50 { $middle }, P90 { $high } { $unit }
cli-with-source = новац са наведеним извором: { $share } процене
cli-financing = { $lender } ({ $partner }): { $share }, { $kind }
cli-facts-head = подаци
cli-model-page = страница модела: { $page }
cli-nothing-in = у ономе што улази нема разлике
cli-nothing-out = у ономе што излази нема разлике
cli-median = медијана величине { $quantity } { $where }: { $first } -> { $second }
cli-only-in = само у { $run }: { $what }
cli-only-in-more = само у { $run }: { $what } ...
cli-power = електроенергетски систем: решено { $futures }, { $calendar }, { $years } (трошак доказан до на { $gap } своје вредности)
cli-power-failed = електроенергетски систем: решено { $futures }, { $calendar }, { $years } (трошак доказан до на { $gap } своје вредности); није решено { $failed }
cli-power-futures = { $count } { $count ->
        [one] будућност
        [few] будућности
       *[other] будућности
    }
cli-power-further = још { $count } { $count ->
        [one] будућност
        [few] будућности
       *[other] будућности
    }
cli-power-all-hours = сви сати
cli-power-weeks = { $count } { $count ->
        [one] недеља
        [few] недеље
       *[other] недеља
    } годишње
cli-power-screened = приближно решено { $futures } (трошак доказан до на { $gap } своје вредности, за половину до на { $half })
cli-power-not-measured = колико ове недеље греше није мерено: --calendar-check
cli-power-calendar = недеље мање сви сати, будућност { $future }, { $item }: { $errors }
cli-power-calendar-load = недеље мање сви сати, будућност { $future }, { $item } (од потрошње): { $errors }
cli-grade = оцена { $grade }

## Sentences made below the views, told again. English is word for word what plans/coherence and runs/judge say
retold-target-none = Циљ без показатеља: { $claim }. Није наведена ни величина, ни вредност, ни датум.
retold-target-values = { $what }: циљеви су { $values }.
retold-target-values-reading = { $what }: циљеви су { $values }. { $reading }
retold-target-start = { $what }: циљ је { $values }, а ниједна измерена или објављена вредност не каже одакле се полази.
retold-versions-scope = { $count } { $count ->
        [one] верзија
        [few] верзије
       *[other] верзија
    }, { $subject }: { $sides }. Обухват је различит. { $reading }
retold-versions-vintage = { $count } { $count ->
        [one] верзија
        [few] верзије
       *[other] верзија
    }, { $subject }: { $sides }. Једна је старија. { $reading }
retold-versions-genuine = { $count } { $count ->
        [one] верзија
        [few] верзије
       *[other] верзија
    }, { $subject }: { $sides }. Нико није повукао ниједну. { $reading }
retold-dates = { $what }: обећани датуми су { $history }.
retold-dates-later = { $what }: обећани датуми су { $history }; последњи је { $count } { $count ->
        [one] месец
        [few] месеца
       *[other] месеци
    } каснији од првог.
retold-dates-earlier = { $what }: обећани датуми су { $history }; последњи је { $count } { $count ->
        [one] месец
        [few] месеца
       *[other] месеци
    } ранији од првог.
retold-dates-claimed = { $what }: обећани датуми су { $history }; тврдња { $claim } каже { $date }.
retold-date-claimed = { $what }: обећани датум је { $history }; тврдња { $claim } каже { $date }.
retold-owners = { $initiative }: носилаца је { $count }: { $owners }.
retold-owners-title = { $one } ({ $owners }) и { $other } ({ $others }) зову се исто, { $title }, и део су исте целине, { $whole }.
retold-owners-set = { $one } ({ $owners }) и { $other } ({ $others }) одређују исто: { $what }.
retold-owners-none = Без наведеног носиоца је { $count } { $count ->
        [one] иницијатива
        [few] иницијативе
       *[other] иницијатива
    } од { $standing }, па нико не може да провери да ли две деле задатак: { $names }.
retold-cost-none = { $initiative }: трошак није наведен.
retold-cost-of-whole = { $initiative }: трошак није наведен; целина, { $whole }, кошта { $shown }, а удео у томе није речен.
retold-cost-of-envelope = { $initiative }: трошак није наведен; плаћа се из оквира { $envelope } ({ $shown }), а колико од тога није речено.
retold-source-none = { $initiative }: трошак је { $total }, а извор новца није наведен.
retold-source-part = { $initiative }: трошак је { $total }; извори су наведени за { $share } ({ $who }), па без извора остаје { $gap }.
retold-source-sum = { $initiative }: трошак је { $total }, а извори заједно дају { $share } тога ({ $who }).
retold-envelope-years = { $part } траје { $years }, изван година целине чији је део, { $envelope }, { $others }.
retold-envelope-more = { $parts }: { $sum }, што је за { $difference } више него { $envelope }, { $amount }.
retold-envelope-less = { $parts }: { $sum }, што је за { $difference } мање него { $envelope }, { $amount }.
retold-envelope-more-overlap = { $parts }: { $sum }, што је за { $difference } више него { $envelope }, { $amount }; да ли се делови преклапају није речено.
retold-envelope-across = { $part }, { $amount } у годинама { $years }, чини { $share } целине { $envelope } и протеже се преко: { $spans }; колико се где рачуна није речено.
retold-envelope-meet = { $spans } поклапају се у неким годинама; да ли деле новац није речено за { $pairs }.
retold-envelope-same = { $one } и { $other } почивају на истом износу, { $facts }, а ниједно није део другог.
retold-measures-none = { $envelope } одваја { $amount }, а ниједна мера која се тиме плаћа није наведена.
retold-measures = { $envelope }: { $count } { $count ->
        [one] мера са наведеним трошком даје
        [few] мере са наведеним трошком дају
       *[other] мера са наведеним трошком даје
    } укупно { $sum }, { $word } одвојених { $amount }.
retold-measures-silent = { $envelope }: { $count } { $count ->
        [one] мера са наведеним трошком даје
        [few] мере са наведеним трошком дају
       *[other] мера са наведеним трошком даје
    } укупно { $sum }, { $word } одвојених { $amount }; { $silent } { $silent ->
        [one] мера не наводи
        [few] мере не наводе
       *[other] мера не наводи
    } трошак.
retold-parts-paid = { $part } плаћа се из { $one }, а целина чији је део, { $whole }, из { $other }.
retold-parts-sum = { $whole }: трошак је { $amount }; делови { $parts } коштају { $sum }, { $word } целине.
retold-order-waits = { $initiative } треба да буде готово { $date } и чека на { $other }, које треба да буде готово { $then }.
retold-order-whole = { $initiative } треба да буде готово { $date }, а целина, { $whole }, { $then }.
retold-order-envelope = { $initiative } треба да буде готово { $date }, а оквир који плаћа, { $envelope }, завршава се { $year }.
retold-order-before = { $initiative } почиње { $start }, а завршава се пре тога, { $date }.
retold-order-cancelled = { $initiative } чека на { $other }, које је обустављено.
retold-order-wider = { $says }: у реду само ако се шири од два датума испуни рано.
retold-contradicted = Докази противрече тврдњи: { $claim }.
retold-contradicted-note = Докази противрече тврдњи: { $claim } ({ $note }).
retold-plan-actual = План наспрам измереног, { $subject }: { $sides }. { $reading }
retold-wrong-unit = Погрешна јединица, { $subject }: { $sides }. { $reading }
retold-target-over = { $claim }: време { $time } је прошло, а измерено је { $facts }.
retold-unsourced = Није нађен извор за: { $claim }.
retold-unsourced-note = Није нађен извор за: { $claim } ({ $note }).
retold-unsourced-papers = Није нађен извор за: { $claim } ({ $note }). Говори о нечему чији текст или правна снага нису познати: { $titles }.
retold-paper-force = { $agreement } ({ $stage }): правна снага није позната.
retold-paper-text = { $agreement } ({ $stage }): о тексту не говори ниједан податак нити поткрепљена тврдња.

## What would mend a finding
retold-mend-date = нека текст наведе последњи обећани датум, или каже зашто важи други
retold-mend-moved = рећи у тексту да је датум померен и који важи
retold-mend-value = објавити једну вредност, са датумом и оним што обухвата
retold-mend-target = рећи која је вредност циљ, а другу повући или јој дати сопствену годину, место или обухват
retold-mend-indicator = навести величину из речника са вредношћу и годином (sets_target), или проверу
retold-mend-baseline = додати измерен или објављен податак о величини { $quantity } на том месту за годину пре циља
retold-mend-owner = навести једног носиоца који за то одговара, а остале као партнере
retold-mend-task = дати задатак једном носиоцу, или рећи који део ко ради
retold-mend-answers = навести ко за шта одговара
retold-mend-cost = навести трошак са годином цена, или трошак 0 где новац није потребан
retold-mend-payer = навести ко плаћа, колико и под којим условима, док се удели не саберу на један
retold-mend-years = исправити године, или извадити део из целине
retold-mend-sums = исправити збирове, или рећи који се новац рачуна двапут
retold-mend-spans = рећи колико тога пада у сваки период
retold-mend-note = рећи то у напомени једног од два оквира и тамо навести други
retold-mend-which = рећи у ком од два се новац рачуна
retold-mend-measures = навести мере које се тиме плаћају, или изоставити новац
retold-mend-fit = проценити трошак сваке мере, и ускладити мере са новцем или новац са мерама
retold-mend-part = рећи у ком оквиру се рачуна новац дела
retold-mend-whole = исправити један од збирова, или навести делове који недостају
retold-mend-dependence = померити каснији датум унапред, ранији уназад, или укинути зависност
retold-mend-last-part = нека се целина заврши са својим последњим делом
retold-mend-who-pays = рећи ко плаћа по истеку оквира, или померити датум
retold-mend-dates = исправити један од два датума
retold-mend-cancelled = обуставити и то, или рећи шта замењује оно на шта се чека
retold-mend-claim = повући тврдњу, или донети доказе којих у подацима нема
retold-mend-planned = рећи шта је планирано а шта измерено, свако са јединицом и датумом
retold-mend-missed = објавити да циљ није испуњен, или га исправити
retold-mend-list = објавити текст, списак или пребројавање на којем почива
retold-mend-paper = објавити текст са странама, правном снагом и датумом

## Reasons of a verdict
retold-reason-facts = { $test }: подаци дају { $given }; граница: { $bound }
retold-reason-futures = { $test }: важи у { $share } будућности ({ $low } до { $high }); медијана { $middle }, 80% будућности од { $from } до { $until }; граница: { $bound }
retold-reason-alike = { $test }: важи у { $share } будућности ({ $low } до { $high }); готово у свакој { $middle }; граница: { $bound }
retold-reason-few = { $says }; одговор постоји у { $count } од { $futures } будућности, у којима је електроенергетски систем решен
retold-reason-precision = { $says }; трошак електроенергетског система доказан је до на { $gap } у { $count }, а до на { $loose } у { $others } будућности
retold-reason-untested = { $test }: сада се не може проверити, { $why }
retold-reason-evidence = докази: { $note }
retold-reason-awaits = за пуну оцену чека се модел: { $model }
retold-reason-future = говори о будућности, а ниједан модел ове верзије не даје оно што је за то потребно
retold-reason-both = модели то потврђују, а провера на ономе што се догодило не
retold-reason-borrowed = позајмљени сатни облици ({ $shapes }): `morava show series` каже зашто
retold-reason-synthetic = састављене табеле ({ $tables }): `morava show tables` каже како су настале
retold-reason-conflict = противречност { $name } ({ $kind }), { $subject }: { $reading }

## Words inside such sentences
retold-word-and = и
retold-word-to = до
retold-word-against = наспрам
retold-word-said = речено
retold-word-in = у
retold-word-at-least = најмање
retold-word-at-most = највише
retold-word-percent = одсто
retold-word-never = никад
retold-word-by-the-end-of = до краја
retold-word-not-before = не пре
retold-word-more = још
retold-word-more-than = више од
retold-word-perhaps-more-than = можда више од
retold-word-less-than = мање од
retold-word-day-unknown = дан непознат
retold-word-people = људи
unit-trillion-money = билиона { $base }
retold-reason-rest-awaits = оно што се сада може проверити важи; за остало је потребан модел: { $model }
retold-reason-rest-tests = оно што се сада може проверити важи; још се не може проверити: { $tests }
retold-reason-disagrees = аналитичар је доказе оценио као { $evidence }, али провера { $test } на подацима даје { $answer }

## 词汇表中的量

note-failed = { $failed ->
    [one] За { $failed } будућност одговора нема и она је изостављена.
    [few] За { $failed } будућности одговора нема и оне су изостављене.
   *[other] За { $failed } будућности одговора нема и оне су изостављене.
 }
# књига одлагања: за колико се година најављени рокови помере за годину дана, са интервалом од 95 одсто
note-slip = Најављени рокови померају се за { NUMBER($rate, maximumFractionDigits: 2) } године годишње (интервал од 95%: { NUMBER($low, maximumFractionDigits: 2) } до { NUMBER($high, maximumFractionDigits: 2) }).
note-left-out = { $parts ->
    [one] { $parts } део плана је изостављен, уз разлог.
    [few] { $parts } дела плана су изостављена, уз разлоге.
   *[other] { $parts } делова плана је изостављено, уз разлоге.
 }
note-power-solved = { $futures ->
    [one] Електроенергетски систем решен је за { $futures } будућност; његов трошак доказан је до на { NUMBER($gap, style: "percent", maximumFractionDigits: 3) }.
    [few] Електроенергетски систем решен је за { $futures } будућности; његов трошак доказан је до на { NUMBER($gap, style: "percent", maximumFractionDigits: 3) }.
   *[other] Електроенергетски систем решен је за { $futures } будућности; његов трошак доказан је до на { NUMBER($gap, style: "percent", maximumFractionDigits: 3) }.
 }
note-borrowed-shapes = { $shapes ->
    [one] Почива на { $shapes } сатном облику позајмљеном из друге године или с другог места.
    [few] Почива на { $shapes } сатна облика позајмљена из друге године или с другог места.
   *[other] Почива на { $shapes } сатних облика позајмљених из друге године или с другог места.
 }
note-synthetic-tables = { $tables ->
    [one] Почива на { $tables } табели која је састављена, а није измерена.
    [few] Почива на { $tables } табеле које су састављене, а нису измерене.
   *[other] Почива на { $tables } табела које су састављене, а нису измерене.
 }
# провера на прошлости
note-foreseen-better-than-the-trend = За прошлост предвиђено боље него трендом; { NUMBER($coverage, style: "percent") } година било је унутар интервала од 80%, што вреди као { NUMBER($years, maximumFractionDigits: 1) } независних година.
note-foreseen-loses-to-the-trend = За прошлост предвиђено лошије него трендом; { NUMBER($coverage, style: "percent") } година било је унутар интервала од 80%, што вреди као { NUMBER($years, maximumFractionDigits: 1) } независних година.
note-foreseen-no-better-and-no-worse-than-the-trend = За прошлост предвиђено једнако добро као трендом; { NUMBER($coverage, style: "percent") } година било је унутар интервала од 80%, што вреди као { NUMBER($years, maximumFractionDigits: 1) } независних година.
note-conflicts = { $conflicts ->
    [0] Међу њима нема противречности.
    [one] { $conflicts } противречност међу њима, решена или извлачена.
    [few] { $conflicts } противречности међу њима, решене или извлачене.
   *[other] { $conflicts } противречности међу њима, решених или извлачених.
 }

## Извештај: PDF, радна свеска, једна страна
report-title = Да ли { $strategy } има рачуницу?
report-asked =
    { $strategy } износи { $claims ->
        [one] { $claims } тврдњу
        [few] { $claims } тврдње
       *[other] { $claims } тврдњи
    } о томе шта јесте или шта ће бити у земљи { $country }. Свакој је постављено исто питање: да ли је тако? Где модели могу да одговоре, одговор долази из { $futures ->
        [one] { $futures } могуће будућности
        [few] { $futures } могуће будућности
       *[other] { $futures } могућих будућности
    }. Оне се разликују по ономе што нико не бира: цене, време, потражња, кашњења, трошкови. Остале тврдње поређене су са објављеним подацима.
# Прва реченица прве стране, са бројевима
report-answer =
    Од { $tested ->
        [one] { $tested } тврдње коју
        [few] { $tested } тврдње које
       *[other] { $tested } тврдњи које
    } модели могу да провере, у већини будућности не важи { $fails }, од околности које нико не бира зависи { $hinges }, а важи { $holds }; објављени подаци одлучују о још { $evidence }, а без провере остаје { $open }.
report-alt-bar = Трака оцена, широка колико има тврдњи: { $counts }.
report-telling = Најважнији налази
report-told-fails = Не важи: „{ $test }“ испуњено је у { $share } будућности.
report-told-hinges = Зависи од околности: „{ $test }“ испуњено је у { $share } будућности, у осталима није.
report-told-holds = Важи: „{ $test }“ испуњено је у { $share } будућности.
# Пред налазом о самом тексту. $rule: врста налаза
report-told-text = У самом тексту: { $rule }.
report-nothing-told = Ниједну тврдњу модел није проверио, и текст је усклађен.
report-reading = Како се чита оцена
report-means = Шта значи
report-reading-holds = Тврдња важи у најмање { $required } будућности. План може рачунати на њу.
report-reading-hinges = Тврдња важи у неким будућностима, а у другима не. Извештај каже од чега зависи.
report-reading-fails = Тврдња важи у највише { $rest } будућности. Нешто у плану мора да се промени.
report-reading-others-head = Остале оцене
report-reading-others = „Потврђено“, „делимично“, „оповргнуто“ и „без доказа“ почивају на објављеним подацима, а не на моделима. „Није моделовано“: ниједан овдашњи модел то не може рећи. „Мишљење“: ништа га не може решити.
report-left-out = Шта није моделовано.
report-not-modelled =
    { $count ->
        [0] Проверена је свака тврдња о којој се може одлучити.
        [one] { $count } тврдња тражи оно што ниједан овдашњи модел не даје.
        [few] { $count } тврдње траже оно што ниједан овдашњи модел не даје.
       *[other] { $count } тврдњи тражи оно што ниједан овдашњи модел не даје.
    } { $opinions ->
        [0] { "" }
        [one] { $opinions } је мишљење.
        [few] { $opinions } су мишљења.
       *[other] { $opinions } је мишљења.
    }
# Удео са интервалом од 95 одсто
report-share-interval = { $share } ({ $low } до { $high })
report-band = { $middle } ({ $low } до { $high })
report-never = никад
report-yes = да
report-no = не
report-claims = Тврдње и оцене
report-claims-about = Све тврдње, поређане по оцени. Удео броји будућности у којима тврдња важи, са интервалом од 95 одсто. Размак је оно што средњој будућности претиче, или јој недостаје ако је мањи од нуле.
report-answer-count = { $answer } ({ $count })
report-findings = Да ли је текст усклађен?
report-findings-about =
    { $count ->
        [one] Нађено је { $count } место на коме се текст не слаже са собом или са подацима, пре него што је иједан модел упитан.
        [few] Нађена су { $count } места на којима се текст не слаже са собом или са подацима, пре него што је иједан модел упитан.
       *[other] Нађено је { $count } места на којима се текст не слаже са собом или са подацима, пре него што је иједан модел упитан.
    }
report-paths = Куда земља иде по плану
report-paths-about = Линија је средина свих будућности. Осам од десет будућности лежи у траци. Кратке црте су оно што тврдње траже.
report-dates-about = Стубић обухвата осам од десет будућности, тамна ознака је средња, а стрелица значи да неке будућности не заврше у приказаним годинама. Ромб је обећани датум.
report-alt-dates = За { $count ->
        [one] { $count } иницијативу
        [few] { $count } иницијативе
       *[other] { $count } иницијатива
    } обећани датум према израчунатим датумима; сви бројеви су у табели испод.
report-alt-path = { $series }: { $start } у { $first }, { $end } у { $last }.
report-more-rows =
    { $count ->
        [one] Још { $count } ред стоји у HTML извештају и у радној свесци.
        [few] Још { $count } реда стоје у HTML извештају и у радној свесци.
       *[other] Још { $count } редова стоји у HTML извештају и у радној свесци.
    }
report-sources = Извори
report-sources-about =
    { $count ->
        [one] Иза података стоји { $count } извор.
        [few] Иза података стоје { $count } извора.
       *[other] Иза података стоји { $count } извора.
    } Оцена А је званичан или академски извор, Б агенција или стручна штампа, Ц збирни или пристрасан извор.
report-method = Метод
report-method-read = Текст стратегије читан је тврдњу по тврдњу, сваку са својим пасусом. Подаци су из објављених извора; где се не слажу, задржане су обе стране.
report-method-draw = За сваку будућност изнова је извучено оно што нико не бира: колико радови трају, колико коштају, цене, потражња, време, и који је од два спорна податка тачан.
report-method-simulate = У свакој будућности план је спроведен кроз низ модела: рокови, трошење, привреда, трговина, струја, дуг и зависност од партнера.
report-method-judge = Свака тврдња проверена је у свакој будућности. Оцена следи из удела будућности у којима она важи.
report-method-hinge = Где се будућности разилазе, неизвесности су поређане по томе колики део разлике свака сама објашњава.
report-limits = Ограничења
report-limits-models = Модел изоставља већи део света. Оцена важи најпре за свет модела; странице модела кажу шта изостављају.
report-limits-futures = Удео будућности није вероватноћа у стварном свету. Он броји шта следи из претпостављених распона.
report-limits-facts = Неки подаци су претпостављени јер извор није нађен. У изворима пише који.
report-limits-evidence = Оцене из објављених података старе су колико и подаци.
report-gaps = Шта није нађено
report-boundary = Обухват
report-made-from = Од чега је овај извештај начињен
report-the-answer = Одговор
report-outcomes-head = Лист исхода
report-outcomes-note = Прати распоред конзорцијума Integrated Assessment Modeling Consortium: модел, сценарио, регион, променљива, јединица, године. Променљива је назив величине, њене ознаке и P10, P50 или P90: вредност испод које или на којој остаје 10, 50 или 90 одсто будућности. Садржи оно што је познато по годинама.
report-sheet-summary = Сажетак
report-sheet-claims = Тврдње
report-sheet-levers = Полуге
report-sheet-outcomes = Исходи
report-sheet-sources = Извори
# Подножје сваке стране PDF-а
report-footer = { $strategy }, { $country } · Морава, прорачун { $run }
report-subject = Да ли национална стратегија има рачуницу: свака тврдња са оценом
report-keywords = стратегија, план, тврдње, будућности, оцене
about-hash = Хеш: { $of ->
    [country] земља
    [strategy] стратегија
    [futures] датотека будућности
   *[code] код
 }
report-told-fails-by = Средња будућност промашује границу за { $margin }.
report-told-holds-by = Средњој будућности претиче { $margin }.
report-told-on = Највећи део разлике ({ $part }) објашњава: { $factor }.

screen-country-findings = { $count ->
    [0] Текст је усклађен
    [one] { $count } место на коме текст није усклађен
    [few] { $count } места на којима текст није усклађен
   *[other] { $count } места на којима текст није усклађен
 }
state-verdicts-changed = { $count ->
    [0] Ниједна оцена се не разликује
    [one] { $count } оцена се разликује
    [few] { $count } оцене се разликују
   *[other] { $count } оцена се разликује
 }
state-shares-moved = { $count ->
    [one] { $count } тврдња са истом оценом у другом уделу будућности
    [few] { $count } тврдње са истом оценом у другом уделу будућности
   *[other] { $count } тврдњи са истом оценом у другом уделу будућности
 }
state-medians-moved = { $count ->
    [0] Ниједна медијана се није померила
    [one] { $count } величина чија се медијана померила
    [few] { $count } величине чија се медијана померила
   *[other] { $count } величина чија се медијана померила
 }

# hours: колико сати године замењује један приказани сат
note-hour-stands-for = { $hours ->
    [1] Решен је сваки сат године.
   *[other] Недеља је изабрана да стоји и за друге: сваки сат стоји за { NUMBER($hours, maximumFractionDigits: 1) } сати године.
 }
note-solved-exactly-in = { $futures ->
    [one] Преко { $futures } будућности у којој је електроенергетски систем тачно решен.
    [few] Преко { $futures } будућности у којима је електроенергетски систем тачно решен.
   *[other] Преко { $futures } будућности у којима је електроенергетски систем тачно решен.
 }

chart-facts = { $count ->
    [one] { $count } податак
    [few] { $count } податка
   *[other] { $count } података
 }
chart-sources = { $count ->
    [one] { $count } извор
    [few] { $count } извора
   *[other] { $count } извора
 }
action-show-all-rows = { $count ->
    [one] Прикажи { $count } ред
    [few] Прикажи сва { $count } реда
   *[other] Прикажи свих { $count } редова
 }
# графикони за оне који не виде цртеж
chart-says-more = { $count ->
    [one] Још { $count } низ је у табели.
    [few] Још { $count } низа су у табели.
   *[other] Још { $count } низова је у табели.
 }
# top: три највеће вредности
chart-says-ranked = { $title }, { $count ->
    [one] { $count } вредност
    [few] { $count } вредности
   *[other] { $count } вредности
 }. Највеће: { $top }.
chart-says-gantt = { $title }, { $count ->
    [one] { $count } ред
    [few] { $count } реда
   *[other] { $count } редова
 }: медијана завршетка од { $from } до { $to }, 80 од 100 будућности између { $low } и { $high }.

lever-run-about = Поново покрени све моделе са полугама какве јесу, у { $futures ->
    [one] { $futures } будућности
    [few] { $futures } будућности
   *[other] { $futures } будућности
 }. Наставља се и кад затворите страницу.

## Ко се прилагођава, који избор помера резултат и колико је добро предвиђено
retold-closure-savings = приватна улагања: колико недостаје држави, толико се не уложи
retold-closure-tax = домаћинства: непосредни порез задржава салдо државе тамо где је био
retold-closure-borrowing = они који држави позајмљују у иностранству: улагања остају како се очекивало, дуг расте
retold-foreseen = { $title }, знање заустављено крајем { $frozen } и рачунато до { $year }: { $verdict }; средња грешка { $error } према { $trend } код тренда и { $unchanged } без икакве промене ({ $measured }); { $inside } од { $rows } година унутар интервала од 80 процената, што вреди као { $worth } независних
foreseen-title-output-real = БДП, реално
foreseen-title-people-at-work = Запослени
foreseen-title-public-debt-over-output = Јавни дуг према БДП-у
foreseen-title-exports-over-prices-of-output = Извоз према ценама БДП-а
foreseen-title-electricity-from-hydro = Струја из воде
foreseen-title-electricity-from-lignite = Струја из лигнита
foreseen-title-electricity-from-gas = Струја из гаса
foreseen-title-electricity-from-solar = Струја из сунца
foreseen-title-electricity-from-wind = Струја из ветра
foreseen-unit-percent = проценти
foreseen-unit-index = индекс
choice-technology-of = технологија
choice-accounts-of = рачуни
choice-elasticities-of = еластичности
choice-as-counted-by = ко броји
choice-of = { $by }: { $label }
choice-chosen = { $label } (изабрано)
cli-closure = ко се прилагођава: { $who }, { $says }
cli-closure-beside = поред тога: { $who }, { $says }
cli-foreseen = предвиђање прошлости ({ $quantity }): { $says }
cli-spread = колико се помера: { $what }
cli-column-year = година
cli-column-who-adjusts = ко се прилагођава
cli-column-choice = избор
cli-column-holds = стоји
cli-column-futures = будућности
cli-column-moves = помера медијану за

## Командна линија: величина и сервер странице
cli-quantity-unit = { $description } Јединица { $unit }, по: { $dims }.
cli-nothing = ничему
cli-quantity-model = даје је модел { $model } ({ $page }), коме треба: { $needs }
cli-quantity-borrowed = почива на позајмљеним часовним облицима ({ $series }): `morava show series`
cli-quantity-more = ... и још редова: { $count }; сузите помоћу --where или --json
cli-quantity-future = у будућности { $number }
cli-quantity-changed = мења је { $initiative } ({ $verb } од { $start }): { $because }
cli-quantity-tested = проверава је { $claim } (§ { $paragraph }): { $says }
cli-rows = { $count } { $count ->
    [one] вредност
    [few] вредности
   *[other] вредности
    }
cli-no-rows = нема вредности
cli-interrupted = прекинуто; урађено је сачувано: наставите са `morava resume`
cli-interrupted-run = прекинуто; урађено у прорачуну { $run } је сачувано: наставите са `morava resume { $run }`
cli-computed = израчунато за { $seconds } s
cli-serve-alone = доступна је само овом рачунару; ништа не напушта овај рачунар; Ctrl-C је завршава
cli-serve-reached = УПОЗОРЕЊЕ: { $host } је доступан другим рачунарима. Ко има адресу са њеним жетоном, може да чита прорачуне, види реченице наведеног документа и покреће прорачуне овде. Веза није шифрована.
cli-serve-makes = нема завршеног прорачуна за { $country } у { $folder }: прави се један са { $futures } будућности, око { $time }; страница показује докле се стигло, а урађено се чува
cli-serve-makes-unknown = нема завршеног прорачуна за { $country } у { $folder }: прави се један са { $futures } будућности, не зна се још колико ће трајати; страница показује докле се стигло, а урађено се чува

## Командна линија: полуге
cli-lever = { $name } ({ $kind }): { $title }
cli-lever-range = { $low } до { $high }{ $unit }, у плану је { $plan }: { $because }
cli-lever-none = { $strategy } не прописује полуге
cli-emulator-none = нема емулатора: начините га помоћу --points
cli-emulator = емулатор прорачуна { $run }: тачака { $points }, у свакој будућности { $futures }; за проверу издвојено тачака { $held }
cli-emulator-stale = важи за друго: { $what }
cli-emulator-output = { $name }: медијана { $middle }, греши за { $error } { $unit }
cli-emulator-share = { $claim } { $test }: удео греши за { $error }
