// The default theme, with enough contrast for everybody.

import DefaultTheme from 'vitepress/theme';
import './contrast.css';

export default DefaultTheme;
