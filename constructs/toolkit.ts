/** What programs that use these constructs are written with; the build makes a twin of this package for the other one. */
export const TOOLKIT = 'cdktf';
