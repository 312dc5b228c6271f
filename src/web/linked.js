// What reads and writes a linked file is only fetched where there may be one.
export const linkedFile = () => import('./linked-file.js');
