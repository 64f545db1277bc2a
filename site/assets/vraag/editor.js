// SPARQL in a real editor: colours, and completion of our prefixes, classes and properties.
export async function editor(textarea, { prefixes, terms }, run) {
  const cm = await import("./vendor/editor.js");
  const { EditorView, EditorState, tags } = cm;
  const known = terms.map(([label, detail, info]) => ({ label, detail, info, type: /:[A-Z]/.test(label) ? "class" : "property" }));
  const words = "SELECT CONSTRUCT ASK DESCRIBE WHERE OPTIONAL FILTER UNION VALUES BIND GRAPH DISTINCT ORDER BY GROUP BY HAVING LIMIT OFFSET COUNT"
    .split(" ").map((label) => ({ label, type: "keyword" }));
  const complete = (context) => {
    const prefix = context.matchBefore(/PREFIX\s+\w*/i);
    if (prefix) {
      const options = Object.entries(prefixes).map(([name, iri]) => ({ label: `PREFIX ${name}: <${iri}>`, type: "namespace" }));
      return { from: prefix.from, options };
    }
    const term = context.matchBefore(/[\w-]+:[\w-]*/);
    if (term) return { from: term.from, options: known, validFor: /^[\w-]+:[\w-]*$/ };
    const word = context.matchBefore(/\w+/);
    return word || context.explicit ? { from: word?.from ?? context.pos, options: [...words, ...known], validFor: /^[\w:-]*$/ } : null;
  };
  const colours = cm.HighlightStyle.define([
    { tag: tags.keyword, color: "var(--k-link)", fontWeight: "600" },
    { tag: [tags.string, tags.number], color: "var(--k-ja)" },
    { tag: tags.comment, color: "var(--k-zacht)" },
    { tag: tags.variableName, color: "var(--k-nee)" },
  ]);
  const view = new EditorView({
    doc: textarea.value,
    parent: textarea.parentElement,
    extensions: [
      cm.history(), cm.bracketMatching(), cm.closeBrackets(), cm.drawSelection(), cm.lineNumbers(),
      cm.StreamLanguage.define(cm.sparql), cm.syntaxHighlighting(colours),
      cm.autocompletion({ override: [complete] }),
      cm.keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }, ...cm.completionKeymap, ...cm.defaultKeymap, ...cm.historyKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Vraag in SPARQL", "aria-describedby": "sparql-uitleg" }),
      EditorState.phrases.of({ "Completions": "Aanvullingen" }),
      EditorView.updateListener.of((update) => update.docChanged && (textarea.value = view.state.doc.toString())),
    ],
  });
  textarea.hidden = true;
  return {
    set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
  };
}
