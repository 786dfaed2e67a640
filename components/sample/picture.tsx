'use client'

import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { messageOf } from '@/lib/errors'
import { ask, originalOf, thumbnailOf } from '../api'
import { cx } from '../ui/class-names'

type Props = { sample: { key: string; mediaId: number | null; fault: string | null; dropped: boolean }; side?: number; original?: boolean; eager?: boolean; className?: string }

/** A sample's picture, whole, in the space it is given; where it cannot be shown, its key and why. */
export function Picture({ sample, side = 320, original, eager, className }: Props) {
  const [failed, setFailed] = useState<string | null>(null)
  const why = sample.mediaId === null ? 'No picture came with it.' : (sample.fault ?? failed)
  if (why !== null || sample.mediaId === null) {
    return (
      <span className={cx('flex size-full flex-col items-center justify-center gap-1 overflow-hidden bg-sunken p-2 text-center text-faint', className)}>
        <ImageOff size={18} aria-hidden className="shrink-0" />
        <bdi className="line-clamp-2 text-[12px] leading-4 break-all">{sample.key}</bdi>
        <span className="line-clamp-3 text-[12px] leading-4 break-words">{why}</span>
      </span>
    )
  }
  const address = original ? originalOf(sample.mediaId) : thumbnailOf(sample.mediaId, side)
  // An <img> is not told why: not fetched, not there and not readable are different things to a person.
  const say = () => {
    setFailed('The picture could not be shown.')
    ask(address).catch((error: unknown) => setFailed(messageOf(error)))
  }
  return (
    <img
      src={address}
      alt={sample.key}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      draggable={false}
      onError={say}
      className={cx('size-full object-contain', sample.dropped && 'opacity-40 grayscale', className)}
    />
  )
}
