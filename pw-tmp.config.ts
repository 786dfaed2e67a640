import base from './playwright.config'
const { webServer, ...rest } = base
void webServer
export default { ...rest, use: { ...rest.use, baseURL: 'http://127.0.0.1:3495', actionTimeout: 20000 } }
