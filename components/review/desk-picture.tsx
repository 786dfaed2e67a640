'use client'

import { Maximize, Minus, Plus, ScanSearch, SquareDashed } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'
import type { ClaimView } from '@/lib/claim/schema'
import type { DeskItem } from '@/lib/review/desk-store'
import { EvidenceImage } from '../evidence/evidence-image'
import { IconButton } from '../ui/button'

type Props = { item: DeskItem; claims: readonly ClaimView[]; lit: number | null; onLit: (claim: number | null) => void; full: boolean; onFull: () => void; /** it is larger than its place, so that a stroke moves it */ zoomed: boolean; onZoomed: (zoomed: boolean) => void; zoomKey: string }
const MOST = 12
/** Up to this scale the picture counts as whole. */
const WHOLE = 1.05

/** The picture: whole, in full size, or anywhere between, with the evidence of the caption in focus. */
export function DeskPicture({ item, claims, lit, onLit, full, onFull, zoomed, onZoomed, zoomKey }: Props) {
  const control = useRef<ReactZoomPanPinchRef>(null)
  const area = useRef<HTMLDivElement>(null)
  const [showSeen, setShowSeen] = useState(false)
  const { sample, sight } = item
  useEffect(() => {
    const box = area.current
    if (!full || !box || !sample.width || !sample.height) {
      void control.current?.resetTransform(0)
      return
    }
    // At fit the picture takes this share of its true size; full size undoes that.
    const fit = Math.min(box.clientWidth / sample.width, box.clientHeight / sample.height)
    void control.current?.centerView(Math.min(MOST, Math.max(1, 1 / fit)), 0)
  }, [full, sample.id, sample.width, sample.height])
  return (
    <section ref={area} aria-label="Picture" className="relative min-h-0 flex-1 overflow-hidden bg-sunken">
      <TransformWrapper key={sample.id} ref={control} minScale={1} maxScale={MOST} limitToBounds doubleClick={{ disabled: true }} onTransform={(_, { scale }) => onZoomed(scale > WHOLE)}>
        <TransformComponent wrapperStyle={{ width: '100%', height: '100%' }} contentStyle={{ width: '100%', height: '100%' }}>
          <EvidenceImage sample={sample} original={zoomed} claims={claims} sight={sight} lit={lit} onLit={onLit} showSeen={showSeen} className="size-full p-0" />
        </TransformComponent>
      </TransformWrapper>
      <div role="toolbar" aria-label="Picture" onMouseDown={(event) => event.preventDefault()} className="absolute right-2 bottom-2 flex rounded-medium border border-line bg-raised max-md:hidden">
        <IconButton size="small" label="Show all that was seen" pressed={showSeen} onClick={() => setShowSeen(!showSeen)}><SquareDashed size={14} aria-hidden /></IconButton>
        <IconButton size="small" label="Zoom out" onClick={() => void control.current?.zoomOut(0.5, 0)}><Minus size={14} aria-hidden /></IconButton>
        <IconButton size="small" label="Zoom in" onClick={() => void control.current?.zoomIn(0.5, 0)}><Plus size={14} aria-hidden /></IconButton>
        <IconButton size="small" label={full ? 'Fit' : 'Full size'} keys={zoomKey} pressed={full} onClick={onFull}>{full ? <Maximize size={14} aria-hidden /> : <ScanSearch size={14} aria-hidden />}</IconButton>
      </div>
    </section>
  )
}
