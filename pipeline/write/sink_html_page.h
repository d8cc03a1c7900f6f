// The look and the behaviour of the page that sink_html.cpp writes; html.h brings the frame.
#pragma once

#include <string_view>

namespace glane {

// Marks: e, f, q, s are entity, figure, quote, source (speaker or cue); h1 … h3 how many marks lie
// inside, so that underlines stand below one another. Labels are generated content: they are
// written, and yet neither copied nor found with the text. :has() asks few elements only: asked of
// the body, it would cost seconds of restyling while thousands of articles come in.
inline constexpr std::string_view kArticlesStyle = R"css(
main{max-width:104rem}
.top{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;align-items:baseline}
.top p{margin:0}
.tools label{display:inline-flex;gap:.28rem;align-items:center;cursor:pointer}
.tools input[type=checkbox]{accent-color:var(--accent);margin:0}
.tools input[type=search]{flex:1 1 14rem;max-width:24rem}
.page{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:0 1.6rem;align-items:start}
.no-js .page{display:block}
.list{position:sticky;top:4rem;max-height:calc(100vh - 5rem);overflow:auto;margin:1rem 0;font-size:.86rem}
.list summary,.all summary{cursor:pointer;font-weight:600;padding:.3rem 0}
.list ol{list-style:none;margin:0;padding:0}
.list li{border-top:1px solid var(--line)}
.list a{display:block;padding:.35rem .3rem;color:inherit;text-decoration:none;line-height:1.35}
.list a:hover{background:var(--shade)}
article{content-visibility:auto;contain-intrinsic-size:auto 44rem;margin:1rem 0;padding:1.1rem 1.3rem 1.4rem}
article:target{border-color:var(--accent)}
.about{margin:0 0 .6rem}
.both{display:grid;grid-template-columns:minmax(0,44rem) minmax(17rem,1fr);gap:0 2.2rem;align-items:start}
h2,.text{position:relative;font-family:var(--serif)}
h2{font-size:1.42rem;line-height:1.75;margin:0}
.text{font-size:1.06rem;line-height:2.15;white-space:pre-wrap}
.mark{cursor:default;scroll-margin:30vh;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.mark::after,.by,.says{font:600 .62rem/1 var(--sans);letter-spacing:.03em;color:var(--on);text-decoration:none;
 white-space:nowrap;vertical-align:.12em;-webkit-user-select:none;user-select:none}
.e::after,.f::after,.s::after{content:attr(data-k);margin-left:.32em}
.by::before,.says::before{content:attr(data-t)}
.gap{display:block;height:.75rem;overflow:hidden}
.more::after{content:none!important}
.f{border-bottom-style:dashed}
.q{background:color-mix(in srgb,var(--c) 9%,transparent)}
.s{background:none;border-bottom-style:dotted}
.by,.says{border:1px solid color-mix(in srgb,var(--c) 70%,transparent);border-radius:999px;padding:.1em .45em;
 margin-right:.35em;background:var(--card)}
.by{display:inline-block;max-width:min(18em,100%);overflow:hidden;text-overflow:ellipsis;vertical-align:middle;line-height:1.5}
.says{margin:0 0 0 .3em}
.h1{padding-bottom:.3em}.h2{padding-bottom:.55em}.h3{padding-bottom:.8em}
.mark:focus{outline:2px solid var(--accent);outline-offset:1px}
.mark:target,.lit{background:color-mix(in srgb,var(--c) 42%,transparent)}
.mark[tabindex]:is(:hover,:focus):not(:has(.mark:hover))::before{content:attr(data-v) "\A" attr(data-r);position:absolute;z-index:9;
 margin-top:2.1em;left:clamp(0px,var(--x,0px),max(0px,100% - 21rem));width:max-content;max-width:min(21rem,100%);
 padding:.5rem .7rem;white-space:pre-wrap;font:500 .82rem/1.4 var(--sans);letter-spacing:0;color:var(--paper);
 background:var(--ink);border-radius:8px;box-shadow:0 4px 18px #0004;pointer-events:none}
aside{font-size:.84rem;margin-top:.4rem}
aside h3{margin:.9rem 0 .2rem;font-size:.84rem;color:var(--soft)}
aside table{font-size:.82rem}
aside td{padding:.28rem .5rem .28rem 0}aside td:first-child{width:1%;white-space:nowrap;overflow-wrap:normal}
aside td a,.all button{overflow-wrap:anywhere}
.all{margin:1rem 0 0}
.all .three{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:1rem;margin-top:.6rem}
.all .scroll{max-height:24rem;overflow:auto}
.all button{border:0;background:none;padding:0;color:var(--accent);text-align:left}
.note{font-size:.82rem;color:var(--bad);margin:.6rem 0 0}
.tools:has(#k-person:not(:checked))~.page .mark.t-person,
.tools:has(#k-organization:not(:checked))~.page .mark.t-organization,
.tools:has(#k-location:not(:checked))~.page .mark.t-location,
.tools:has(#k-product:not(:checked))~.page .mark.t-product,
.tools:has(#k-event:not(:checked))~.page .mark.t-event,
.tools:has(#k-role:not(:checked))~.page .mark.t-role,
.tools:has(#k-figure:not(:checked))~.page .mark.t-figure,
.tools:has(#k-quote:not(:checked))~.page .mark.t-quote{background:none;padding:0;
 border-bottom-color:transparent;--off:none}
.mark::after,.mark>a{display:var(--off,revert)}
.mark .mark{--off:revert}
@media (max-width:78rem){.page{display:block}.list{position:static;max-height:16rem}}
@media (max-width:60rem){.both{display:block}aside{margin-top:1.2rem}}
@media (max-width:40rem){.tools{position:static}article{padding:.8rem .8rem 1rem}h2{font-size:1.2rem}
 .tools input[type=search]{flex-basis:100%;max-width:none}}
@media print{.list{display:none}.page,.both{display:block}article{content-visibility:visible;break-inside:auto;border:0;padding:0}
 .mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";

// Tables beside an article are kept as text inside of <noscript> until the article comes near.
inline constexpr std::string_view kArticlesScript = R"js(
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (name, text = '', className = '') =>
  Object.assign(document.createElement(name), {textContent: text, className});
const articles = all('article');
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// --- tables, when they are needed ---
const fill = article => {
  const kept = one('noscript', article);
  if (kept) kept.parentNode.innerHTML = kept.textContent;
};
const near = new IntersectionObserver(entries => entries.forEach(entry => {
  if (!entry.isIntersecting) return;
  near.unobserve(entry.target);
  fill(entry.target);
}), {rootMargin: '600px'});
articles.forEach(article => near.observe(article));
articles.slice(0, 3).forEach(fill);
addEventListener('beforeprint', () => { if (articles.length <= 300) articles.forEach(fill); });

// --- the list of articles ---
const items = articles.map(article => {
  const item = make('li'), link = make('a', one('h2', article).textContent);
  link.href = '#' + article.id;
  item.append(link);
  return item;
});
one('.list ol').append(...items);
one('.list').open = matchMedia('(min-width: 78rem)').matches;

// --- what is shown: a text to look for, and a name that was picked ---
let picked = null;
const texts = [];
const text_of = i => texts[i] ??= fold(one('h2', articles[i]).textContent + ' ' + one('.text', articles[i]).textContent);
const show = () => {
  const words = fold(one('#find').value).split(/\s+/).filter(Boolean);
  let count = 0;
  articles.forEach((article, i) => {
    const is_shown = (!picked || picked.where.has(i)) && words.every(word => text_of(i).includes(word));
    article.hidden = items[i].hidden = !is_shown;
    count += is_shown;
  });
  one('#count').textContent = `${count} of ${articles.length} articles`;
  one('#picked').hidden = !picked;
  one('#picked').textContent = picked ? `${picked.name} ✕` : '';
};
let later = 0;
one('#find').addEventListener('input', () => { clearTimeout(later); later = setTimeout(show, 150); });
one('#picked').addEventListener('click', () => { picked = null; show(); });
show();

// --- names, figures and speakers of all articles ---
const count_into = (tables, mark, i) => {
  const {k, v, n, u, s} = mark.dataset;
  const [table, name] = mark.classList.contains('e') ? [0, n ?? v] : mark.classList.contains('f') ? [1, u || k] : [2, s];
  if (!name) return;
  const key = k + '\n' + name, rows = tables[table];
  const row = rows.get(key) ?? {name, kind: table == 2 ? '' : k, look: mark.classList[2], times: 0, where: new Set(), first: mark.id};
  row.times += 1;
  row.where.add(i);
  rows.set(table == 2 ? name : key, row);
};
const pick = row => {
  picked = row;
  show();
  document.getElementById(row.first).scrollIntoView({block: 'center'});
};
const table_of = (caption, rows) => {
  const table = make('table'), frame = make('div', '', 'scroll');
  const sorted = [...rows.values()].sort((a, b) => b.where.size - a.where.size || b.times - a.times);
  table.append(make('caption', `${caption}: ${sorted.length}`));
  const head = table.createTHead().insertRow();
  ['', 'times', 'articles'].forEach(text => head.append(make('th', text, text && 'num')));
  const body = table.createTBody();
  for (const row of sorted.slice(0, 300)) {
    const line = body.insertRow(), cell = line.insertCell(), button = make('button', row.name);
    button.addEventListener('click', () => pick(row));
    if (row.kind && row.kind != row.name) cell.append(make('span', row.kind, 'pill ' + row.look), ' ');
    cell.append(button);
    line.append(make('td', row.times, 'num'), make('td', row.where.size, 'num'));
  }
  frame.append(table);
  return frame;
};
one('.all').addEventListener('toggle', () => {
  const place = one('.all .three'), tables = [new Map(), new Map(), new Map()];
  if (place.firstChild) return;
  articles.forEach((article, i) => all('.mark[id]:not(.s)', article).forEach(mark => count_into(tables, mark, i)));
  ['Entities', 'Figures by unit', 'Speakers'].forEach((name, i) => place.append(table_of(name, tables[i])));
});

// --- a speaker lights up with the quote, and the note on a mark stands below it ---
let lit = [];
const touch = event => {
  lit.forEach(mark => mark.classList.remove('lit'));
  lit = [];
  const mark = event.target.closest?.('.mark');
  if (!mark) return;
  const frame = mark.closest('h2, .text');
  const left = event.clientX || mark.getClientRects()[0].left;
  mark.style.setProperty('--x', Math.max(0, left - frame.getBoundingClientRect().left - 20) + 'px');
  const links = all(':scope > a[href]', mark).map(link => document.getElementById(link.hash.slice(1)));
  if (links.length) lit = [mark, ...links].filter(Boolean);
  lit.forEach(each => each.classList.add('lit'));
};
addEventListener('pointerover', touch);
addEventListener('focusin', touch);
)js";

}  // namespace glane
