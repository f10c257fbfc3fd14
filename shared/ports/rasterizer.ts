/** Makes pictures of drawings, for readers of mail that show no SVG. */
export interface Rasterizer {
  /**
   * A PNG on an opaque ground, `scale` times as wide and high as the drawing says it is. The same
   * drawing gives the same bytes. Throws on text that is no SVG.
   */
  png(svg: string, scale: number): Promise<Uint8Array>;
}
