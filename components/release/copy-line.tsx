'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      toast('The browser does not let this page copy. Select the text and copy it by hand.')
    }
  }
  return (
    <Button size="small" aria-label={`Copy ${label}`} onClick={() => void copy()}>
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />} {copied ? 'Copied' : 'Copy'}
    </Button>
  )
}

/** One line to take elsewhere: a path, a command. */
export const CopyLine = ({ text, label }: { text: string; label: string }) => (
  <div className="flex items-start gap-2 rounded-medium border border-line bg-sunken p-2">
    <code className="min-w-0 flex-1 py-0.5 font-mono text-[12px] [overflow-wrap:anywhere]">{text}</code>
    <CopyButton text={text} label={label} />
  </div>
)
