import type { Region } from './company.ts';
import { randomStream } from './random-stream.ts';

/** First words of company names; those of a region are only used there. */
const roots: Readonly<Record<Region | 'anywhere', string>> = {
  anywhere: `Meridian Corvid Vireo Ostara Lantern Juniper Northgate Halcyon Ironwood Calder Sable
    Larkspur Beacon Wrenfield Copperline Summit Alder Tidewater Pinecrest Marlowe Quill Redwood
    Brightwater Ashford Kestrel Foxglove Granite Harrow Silverton Bluebird Oakhaven Trellis Ember
    Thornbury Willowmere Aster Canyon Prairie Stonebridge Westbrook Fairmont Clearwater Evergreen
    Hawthorne Kingsley Lakeshore Maplewood Nightingale Osprey Palisade Quarry Ridgeline Sycamore
    Tamarack Upland Vantage Wexford Yarrow Zephyr Amberley Birchwood Cobalt Drummond Eastgate
    Fennel Gantry Hollis Inverness Jasper Keystone Lodestar Magnolia Newbury Orchard Pemberton
    Quillon Rosewood Saltmarsh Tallgrass Umber Verity Waypoint Axiom Bramble Cinder Dovetail
    Elmstead Falconer Gilded Hearth Indigo Junction Kindred Linden Mosaic Nimbus Onward Pilgrim
    Quaystone Rampart Sextant Tandem Unison Verdant Windward Arbor Bellwether Cascade Dunmore
    Escarpment Fathom Glasshouse Highmoor Isthmus Jubilee Kelp Lattice Millrace Nomad Oxbow
    Parallel Quince Rook Sandpiper Threshold Undertow Vesper Whetstone Anchor Brook Cypress Delta
    Everett Flint Garrison Hudson Ivy Jameson Kerr Lowell Monroe Norwood Orion Parker Raleigh
    Sinclair Thatcher Vance Whitaker Abbott Barlow Chandler Denholm Ellery Forrester Goddard
    Hastings Irving Kendall Lockwood Mercer Nash Ogden Prescott Ramsey Sheffield Tremont Upton
    Vaughn Winslow Atlas Bison Condor Dynamo Equinox Frontier Gemini Harvest Ibis Jetty Kite
    Longview Mistral Nova Opal Pelican Quartz Riverbend Starling Terrace Umbra Valor Wildflower
    Acorn Bluff Cardinal Driftwood Eider Fable Gable Heron Iris Jolly Knoll Lumen Marigold Nectar`,
  'North America': 'Tacoma Shenandoah Wabash Laurentide Québecor Saguaro Yukon Chesapeake',
  EMEA: `Ålesund Béarn Brückner Château Dvořák Élan Færder Göteborg Höfner Île-de-Rive Jötun
    Køge Łódka Müritz Navarra Österlen Pyrénées Rhône Søndre Tübingen Überlingen Vårdal Weser
    Zürichberg Amstel Baltica Cork Dagmar Elbe Fjord Garonne Havel Isère Jura Kraków Loire Moselle
    Nordwind Oder Piemonte Ruhr Saône Tagus Ultveit Vistula Waterford Yvelines Zaan Αιγαίο
    Castellan Lindqvist Bergström Moreau Schäfer Rossi Kowalski Novák Fitzgerald Haarlem Oswestry
    Llanberis Clyde Severn Pennine Solent Medway`,
  APAC: `Akari Banyan Coromandel Daintree Edo Fuji Ganga Hanbit Indus Jasmine Koru Lotus Matsuda
    Nilgiri Otago Pasifika Ryokan Sakura Tasman Ujima Waratah Yamato Kauri Deccan Murray
    Shinonome Hokuriku Sunda Bharat Penang 東雲 한빛 青山`,
  LATAM: `Andina Bogotá Córdoba Del-Río Esperança Farallón Guaraní Huasca Itajaí Jacarandá Lácar
    Mañana Ñandú Olinda Paraná Quetzal São-Bento Tucumán Ubatã Valparaíso Ipê Río-Claro`,
};

/** Second words of company names, by the industry they tell. */
const industries: Readonly<Record<string, string>> = {
  Retail: 'Retail|Outfitters|Stores|Market|Home',
  'Financial services': 'Bank|Capital|Insurance|Credit Union|Payments',
  Logistics: 'Logistics|Freight|Shipping|Couriers|Supply',
  Healthcare: 'Health|Clinics|Medical|Care|Diagnostics',
  Manufacturing: 'Manufacturing|Works|Industries|Components|Tools',
  Software: 'Labs|Systems|Software|Cloud|Analytics',
  'Media and entertainment': 'Media|Studios|Press|Games|Pictures',
  'Energy and utilities': 'Energy|Power|Water|Renewables|Grid',
  Education: 'Learning|College|Academy|Schools|University',
  'Travel and hospitality': 'Hotels|Travel|Resorts|Airways|Hospitality',
  Construction: 'Construction|Builders|Properties|Engineering|Homes',
  'Professional services': 'Partners|Advisory|Legal|Consulting|Group',
  'Food and beverage': 'Foods|Brewing|Kitchens|Provisions|Bakery',
  Telecommunications: 'Telecom|Mobile|Networks|Broadband|Wireless',
};

/** How the daughters of a group are told apart. */
const places: Readonly<Record<Region, readonly string[]>> = {
  'North America': ['Canada', 'Midwest', 'West', 'Northeast', 'Texas', 'Southeast'],
  EMEA: ['Iberia', 'Nordics', 'Benelux', 'Deutschland', 'France', 'UK & Ireland'],
  APAC: ['Japan', 'Australia', 'Singapore', 'India', 'New Zealand', 'Korea'],
  LATAM: ['Brasil', 'México', 'Chile', 'Colombia', 'Perú', 'Argentina'],
};

export interface CompanyName {
  readonly name: string;
  readonly industry: string;
  /** Where the name alone says the company is from. */
  readonly home: Region | null;
}

/** Names that differ for each account of one company; numbers only when words run out. */
export const companyNames = (seed: number): ((index: number) => CompanyName) => {
  const firstWords = shuffled(rootList(), seed);
  const lastWords = shuffled(wordList(), seed);

  return (index) => {
    const root = firstWords[index % firstWords.length] as (typeof firstWords)[number];
    const turn = Math.floor(index / firstWords.length);
    const offset = randomStream(seed, index % firstWords.length, 'name').whole(0, 1_000);
    const last = lastWords[(turn + offset) % lastWords.length] as (typeof lastWords)[number];
    const series = Math.floor(turn / lastWords.length);
    const name = `${root.word.replaceAll('-', ' ')} ${last.word}`;
    return {
      name: series === 0 ? name : `${name} ${series + 1}`,
      industry: last.industry,
      home: root.home,
    };
  };
};

/** The daughter of a group carries its name and the place where she works. */
export const daughterName = (group: string, region: Region, order: number): string =>
  `${group} ${places[region][order % places[region].length]}`;

function rootList(): { word: string; home: Region | null }[] {
  return Object.entries(roots).flatMap(([home, words]) =>
    words
      .split(/\s+/)
      .map((word) => ({ word, home: home === 'anywhere' ? null : (home as Region) })),
  );
}

function wordList(): { word: string; industry: string }[] {
  return Object.entries(industries).flatMap(([industry, words]) =>
    words.split('|').map((word) => ({ word, industry })),
  );
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = randomStream(seed, list.length, 'shuffle');
  const keyed = list.map((item) => ({ item, key: random.unit() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
