const ROOT_PX = 16;
const LETTERS = /^(font-size|line-height|--text(-.+)?)$/;

/** For PostCSS: letters are sized in px, as the design has them, and built in rem, so that whoever asks for larger ones gets them. */
export const lettersInRem = {
  postcssPlugin: "letters-in-rem",
  Declaration(declaration: { prop: string; value: string }): void {
    if (LETTERS.test(declaration.prop)) declaration.value = inRem(declaration.value);
  },
};

function inRem(value: string): string {
  return value.replace(/\b([\d.]+)px\b/g, (_, px: string) => `${Number(px) / ROOT_PX}rem`);
}
