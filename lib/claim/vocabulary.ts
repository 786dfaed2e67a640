/** Which sense of WordNet a COCO class is, where its own name's first sense is another thing: word, sense from 0. */
export const CLASS_SENSE: Readonly<Record<string, readonly [word: string, sense: number]>> = {
  mouse: ['mouse', 3], tie: ['necktie', 0], tv: ['television', 1], remote: ['remote_control', 0], keyboard: ['computer_keyboard', 0], 'cell phone': ['cellular_telephone', 0],
  couch: ['sofa', 0], 'potted plant': ['pot_plant', 0], 'sports ball': ['ball', 0], 'hot dog': ['hotdog', 1], 'wine glass': ['wineglass', 0], 'fire hydrant': ['fireplug', 0],
  'stop sign': ['street_sign', 0], 'hair drier': ['hand_blower', 0], donut: ['doughnut', 0], 'teddy bear': ['teddy', 0], skis: ['ski', 0], kite: ['kite', 2], cake: ['cake', 2], book: ['book', 1], toilet: ['toilet', 1],
}

const pairs = (lines: string): [string, readonly string[]][] =>
  lines.trim().split('\n').flatMap((line) => {
    const [classes, words] = line.split(':')
    return words.trim().split(/,\s*/).map((word): [string, readonly string[]] => [word, classes.trim().split('|')])
  })

/** Everyday words for COCO classes that WordNet puts elsewhere, or nowhere: classes, then words. */
export const EVERYDAY: ReadonlyMap<string, readonly string[]> = new Map(
  pairs(`
person: people, crowd, group, couple, family, team, audience, someone, somebody, guy, guys, kid, baby, child, children, pedestrian, rider, skier, surfer, batter, catcher, pitcher, umpire, snowboarder, skateboarder, bride, groom, player, lady, gentleman, he, she, him, her, his, mother, father, officer, man, men, woman, women, boy, girl, toddler, cyclist
cell phone: phone, cellphone, smartphone
tv: tv, monitor, television
couch: sofa
bicycle: bike
motorcycle: motorbike, scooter
airplane: plane, jet, airliner, aircraft, airport, runway, biplane
sports ball: ball
baseball bat: bat
baseball glove: mitt
tennis racket: racket, racquet
refrigerator: fridge
donut: doughnut
fire hydrant: hydrant
traffic light: stoplight
suitcase: luggage
handbag: purse
cup: mug, coffee, tea
skis: ski
tie: tie, necktie
dog: puppy
cat: kitten
sheep: lamb
cow: calf, cattle, bull
horse: pony
zebra: zebra
giraffe: giraffe
vase: vase
frisbee: frisbee
backpack: backpack
sandwich: sandwich, bread, burger, hamburger
car: cab, suv, taxi, parking
car|truck: van
car|bus|truck: traffic
train: subway, locomotive, engine, railway
train|bus: tram, trolley
boat: ship, sailboat, canoe, kayak, harbor, harbour
wine glass|bottle: wine
bottle|cup: beer
dining table: table
potted plant: plant, houseplant
handbag|backpack|suitcase: bag
laptop|tv|keyboard: computer
tv|laptop: screen
fork|knife|spoon: cutlery, silverware, utensil
bowl|cup: dish
bowl|pizza|sandwich|cake|fork|knife: plate
bowl|pizza|sandwich|cake|broccoli|carrot: meal
pizza|dining table|bowl: dinner
sandwich|pizza|bowl: lunch
broccoli|carrot: vegetable, veggie
apple|banana|orange: fruit
oven: stove
surfboard: surf
surfboard|person: surfing
skis|person: skiing
skateboard|person: skateboarding
snowboard|person: snowboarding
tennis racket|sports ball|person: tennis
baseball bat|baseball glove|sports ball|person: baseball
sports ball|person: soccer, football
toilet|sink: bathroom
oven|refrigerator|sink|microwave: kitchen
bed: bedroom
sheep|cow|horse|elephant|zebra: herd
sheep|bird: flock
`),
)

/** Words that name a way of showing or a place in the picture, not a thing in it. */
export const NOT_A_THING: ReadonlySet<string> = new Set(
  'photo photograph picture image view scene background foreground front top side middle bottom area part piece pair set lot bunch back left right end thing kind type way shot close-up closeup close number row line day time style variety various something one two edge corner center centre distance next study series object frame format palette rest outdoors indoors width height'.split(' '),
)
/** Superordinates: said of any of their kinds. */
export const GENERAL: ReadonlySet<string> = new Set('animal vehicle food fruit furniture electronics bird toy tool appliance container utensil drink beverage'.split(' '))

export const NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, couple: 2, pair: 2, several: 3, many: 4 }

export const COLOURS: Readonly<Record<string, string>> = { black: 'black', white: 'white', gray: 'gray', grey: 'gray', silver: 'gray', brown: 'brown', tan: 'beige', beige: 'beige', red: 'red', blue: 'blue', green: 'green', yellow: 'yellow', orange: 'orange', pink: 'pink', purple: 'purple' }

const scenes = Object.entries({
  sky: 'sky cloud clouds',
  tree: 'tree forest wood woods jungle branch leaf park bush pine',
  grass: 'grass field lawn meadow grassy pasture grassland yard green',
  water: 'water ocean sea lake river pool pond wave surf swim beach splash boat wet harbour harbor',
  sand: 'sand beach sandy desert',
  snow: 'snow snowy ski slope ice winter snowboard sled',
  road: 'road street highway traffic intersection city race',
  pavement: 'sidewalk pavement street city',
  building: 'building city tower house town church street downtown',
  wall: 'room wall indoor kitchen bathroom bedroom living office',
  food: 'food meal plate eat dish dinner lunch pizza sandwich cake vegetable fruit salad',
  animal: 'animal dog cat cow horse sheep elephant giraffe zebra bear bird',
  vehicle: 'vehicle car bus truck train airplane plane boat motorcycle bike bicycle',
  mountain: 'mountain hill cliff',
  table: 'table desk counter',
  'playing field': 'baseball tennis court soccer football field game player',
  dirt: 'dirt mud dusty muddy',
  rock: 'rock rocky cliff climb boulder',
})
/** word → regions of the scene that it suggests */
export const SCENES_OF: ReadonlyMap<string, readonly string[]> = scenes.reduce((map, [scene, words]) => {
  for (const word of words.split(' ')) map.set(word, [...(map.get(word) ?? []), scene])
  return map
}, new Map<string, string[]>())
export const SCENES: readonly string[] = scenes.map(([scene]) => scene)
