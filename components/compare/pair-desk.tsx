'use client'

import type { Cuts } from '@/lib/caption/limits'
import { CaptionText } from '../caption/caption-text'
import { useActs } from '../frame/keys'
import { Picture } from '../sample/picture'
import { Button } from '../ui/button'
import { Kbd } from '../ui/kbd'
import type { NextPair, Pointed } from './queries'

type Props = { pair: NonNullable<NextPair['next']>; busy: boolean; onChoose: (choice: Pointed) => void }

/** One picture and two captions without names: left, right or equal. */
export function PairDesk({ pair, busy, onChoose }: Props) {
  const choose = (choice: Pointed) => !busy && onChoose(choice)
  useActs([
    { label: 'The left one is better', keys: 'ArrowLeft | h', group: 'Decide', run: () => choose('left') },
    { label: 'The right one is better', keys: 'ArrowRight | l', group: 'Decide', run: () => choose('right') },
    { label: 'Neither is better', keys: '= | Space', group: 'Decide', run: () => choose('tie') },
  ])
  const side = (name: 'Left' | 'Right', text: string, cuts: Cuts) => (
    <section aria-label={`${name} caption`} className="flex min-w-0 flex-1 flex-col gap-3 p-4">
      <div className="flex-1"><CaptionText text={text} cuts={cuts} /></div>
      <Button size="large" onClick={() => choose(name === 'Left' ? 'left' : 'right')} aria-disabled={busy}>{name} is better <Kbd keys={name === 'Left' ? 'ArrowLeft' : 'ArrowRight'} /></Button>
    </section>
  )
  return (
    <div className="flex flex-col lg:h-full lg:min-h-0">
      <div className="h-[38dvh] shrink-0 bg-sunken p-2 lg:h-auto lg:min-h-0 lg:flex-1"><Picture sample={pair.sample} original eager /></div>
      <div aria-live="polite" className="flex max-h-[50dvh] shrink-0 divide-line overflow-y-auto border-t border-line max-sm:max-h-none max-sm:flex-col max-sm:divide-y sm:divide-x">
        {side('Left', pair.left, pair.cuts.left)}
        {side('Right', pair.right, pair.cuts.right)}
      </div>
      <div className="flex justify-center border-t border-line p-3"><Button size="large" onClick={() => choose('tie')} aria-disabled={busy}>Neither is better <Kbd keys="=" /></Button></div>
    </div>
  )
}
