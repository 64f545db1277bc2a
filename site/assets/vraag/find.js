// What is asked in, the questions and things that fit out.
export function finder({ questions, names }) {
  const all = questions.map((q) => ({ kind: "vraag", id: q.name, label: q.text, values: {} }));
  return (text, limit = 10) => {
    const words = text.toLowerCase().split(/\W+/).filter((w) => w.length > 3);
    const things = Object.entries(names).filter(([k]) => !k.includes("://") && !k.includes("#")).map(([id, [label]]) => ({ kind: "ding", id, label, values: {} }));
    return [...all, ...things].filter((h) => words.some((w) => h.label.toLowerCase().includes(w))).slice(0, limit);
  };
}
