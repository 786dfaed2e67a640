import { expect, test } from 'vitest'
import { guessLanguage } from './language'

test.each([
  ['A man is riding a horse on the beach with his dog', 'English'],
  ['Ein Mann reitet mit dem Hund auf einer Wiese und ist nicht allein', 'German'],
  ['Un homme est assis sur une chaise dans le jardin', 'French'],
  ['El perro está con los niños en la playa', 'Spanish'],
  ['公園で遊んでいる犬', 'Japanese'],
  ['一只狗在公园里玩', 'Chinese'],
  ['공원에서 노는 개', 'Korean'],
  ['Собака играет в парке', 'Russian or other Cyrillic'],
  ['كلب يلعب في الحديقة', 'Arabic'],
])('%s', (text, language) => expect(guessLanguage(text)).toBe(language))

test.each(['IMG_2847', '', '12345', 'Nike Air Max 90', '🐕🐕🐕'])('says nothing about %j', (text) => expect(guessLanguage(text)).toBeUndefined())
