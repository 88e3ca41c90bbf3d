// Light or dark. A classic script in the head, so that the page is never painted in the wrong theme first.
'use strict';
(() => {
  const root = document.documentElement;
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const stored = (action) => {
    try {
      return action(localStorage);
    } catch {
      return null; // storage may be forbidden; the system's theme then
    }
  };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches);

  root.dataset.theme = stored((s) => s.getItem('foyer:theme')) ?? '';

  addEventListener('DOMContentLoaded', () => {
    const toggle = document.getElementById('theme-toggle');
    const show = () => toggle.setAttribute('aria-pressed', isDark());
    toggle.addEventListener('click', () => {
      const dark = !isDark();
      // choosing what the system says anyway means following the system again
      root.dataset.theme = dark === systemDark.matches ? '' : dark ? 'dark' : 'light';
      stored((s) => (root.dataset.theme ? s.setItem('foyer:theme', root.dataset.theme) : s.removeItem('foyer:theme')));
      show();
    });
    systemDark.addEventListener('change', show);
    show();
  });
})();
