'use client'

import { useEffect, useState } from 'react'
import { toast } from '../../ui/toast'
import { droppedFiles, type Picked } from './picked'

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Lies over the page while something is dragged in, and takes what is dropped. */
export function DropVeil({ onPicked }: { onPicked: (picked: Picked) => void }) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      setOver(false)
      droppedFiles(event.dataTransfer).then(onPicked, (error: Error) => toast.error(`What was dropped cannot be read: ${error.message}`))
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [onPicked])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-30 flex items-center justify-center bg-veil p-6">
      <p className="rounded-large border-2 border-dashed border-accent bg-raised px-8 py-6 text-title font-semibold shadow-float">Drop to import</p>
    </div>
  )
}
