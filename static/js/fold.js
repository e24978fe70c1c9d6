/** Which people a network can show at once; the rest are folded into counted bundles, so that nobody silently disappears. */

/** At most about `limit` nodes: the farthest leaves go first, bundled by the neighbour they hang on and their degree. */
export function fold({ nodes, edges }, limit) {
  const around = neighbours(nodes, edges);
  let shown = nodes.map((node) => ({ ...node, count: node.count ?? 0 }));
  let links = edges;
  const farthest = [...new Set(nodes.map((node) => node.degree ?? 0))].sort((a, b) => b - a);
  for (const degree of farthest) {
    if (shown.length <= limit || degree === 0) break;
    ({ shown, links } = bundle(shown, links, leavesOf(shown, around, degree)));
  }
  return { nodes: shown, edges: links };
}

function neighbours(nodes, edges) {
  const around = new Map(nodes.map((node) => [node.id, new Set()]));
  for (const { source, target } of edges) {
    around.get(source)?.add(target);
    around.get(target)?.add(source);
  }
  return around;
}

function leavesOf(nodes, around, degree) {
  const byHolder = new Map();
  for (const node of nodes) {
    if ((node.degree ?? 0) !== degree || around.get(node.id).size !== 1) continue;
    const [holder] = around.get(node.id);
    byHolder.set(holder, [...(byHolder.get(holder) ?? []), node]);
  }
  return new Map([...byHolder].filter(([, leaves]) => leaves.length > 1));
}

function bundle(nodes, edges, byHolder) {
  const gone = new Set([...byHolder.values()].flat().map((node) => node.id));
  const bundles = [...byHolder].map(([holder, leaves]) => ({ id: `bundle:${holder}:${leaves[0].degree}`, degree: leaves[0].degree, holder, count: leaves.length }));
  return {
    shown: [...nodes.filter((node) => !gone.has(node.id)), ...bundles],
    links: [...edges.filter(({ source, target }) => !gone.has(source) && !gone.has(target)), ...bundles.map(({ id, holder }) => ({ source: holder, target: id }))],
  };
}

/** Rings: the centre inside, each degree on its own circle, children near their parent. Still, the same every time. */
export function rings({ nodes, edges }, root) {
  const tree = spanning(nodes, edges, root);
  const place = new Map();
  const spread = (id, from, to, depth) => {
    const middle = (from + to) / 2;
    place.set(id, { x: depth * Math.cos(middle), y: depth * Math.sin(middle), depth });
    let at = from;
    for (const child of tree.children.get(id)) {
      const share = ((to - from) * tree.weight.get(child)) / (tree.weight.get(id) - 1 || 1);
      spread(child, at, at + share, depth + 1);
      at += share;
    }
  };
  spread(tree.root, 0, 2 * Math.PI, 0);
  return place;
}

/** Layers: who infected whom from left to right, one row a person, parents before their children. */
export function layers({ nodes, edges }, root) {
  const tree = spanning(nodes, edges, root, { directed: true });
  const place = new Map();
  let row = 0;
  const lay = (id, depth) => {
    const children = tree.children.get(id);
    if (!children.length) return void place.set(id, { x: depth, y: row++, depth });
    for (const child of children) lay(child, depth + 1);
    const rows = children.map((child) => place.get(child).y);
    place.set(id, { x: depth, y: (Math.min(...rows) + Math.max(...rows)) / 2, depth });
  };
  for (const top of tree.children.get(tree.root)) lay(top, 0);
  return place;
}

/** One parent each, breadth first; whoever is reached from nowhere hangs on a root of no name. */
function spanning(nodes, edges, root, { directed = false } = {}) {
  const out = new Map(nodes.map((node) => [node.id, []]));
  const hasSource = new Set();
  for (const { source, target } of edges) {
    out.get(source)?.push(target);
    if (directed) hasSource.add(target);
    else out.get(target)?.push(source);
  }
  const nameless = "\u0000";
  const children = new Map(nodes.map((node) => [node.id, []]));
  const tops = directed ? nodes.filter((node) => !hasSource.has(node.id)).map((node) => node.id) : [root ?? nodes[0].id];
  children.set(nameless, []);
  const seen = new Set();
  const grow = (top) => {
    children.get(nameless).push(top);
    seen.add(top);
    for (const queue = [top]; queue.length; ) {
      const id = queue.shift();
      for (const next of out.get(id)) {
        if (seen.has(next)) continue;
        seen.add(next);
        children.get(id).push(next);
        queue.push(next);
      }
    }
  };
  for (const top of [...tops, ...nodes.map((node) => node.id)]) if (!seen.has(top)) grow(top);
  const single = !directed && children.get(nameless).length === 1;
  return weighed({ children, root: single ? children.get(nameless)[0] : nameless });
}

function weighed({ children, root }) {
  const weight = new Map();
  const weigh = (id) => {
    const sum = 1 + children.get(id).reduce((total, child) => total + weigh(child), 0);
    weight.set(id, sum);
    return sum;
  };
  weigh(root);
  return { children, root, weight };
}
