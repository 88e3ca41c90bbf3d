// Asks for the modules of a page when the page is there, and its styles: asking for eighty takes a browser about as long as
// arranging a page does. It is still before the page counts as loaded, which waits for them.
(() => {
  const modules = document.importNode(document.getElementById('modules').content, true);
  modules.querySelectorAll('script').forEach((script) => { script.async = false; }); // they run in the order in which they stand
  document.head.append(modules);
})();
