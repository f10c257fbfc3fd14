import { resvgRasterizer } from '../../functions/adapters/resvg-rasterizer.ts';

/** An entry that a bundle can be made of: a picture of a drawing, and nothing of a job. */
export const handler = (svg: string): Promise<Uint8Array> => resvgRasterizer().png(svg, 2);
