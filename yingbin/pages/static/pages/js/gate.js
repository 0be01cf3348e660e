// A session that ended under a page: the page is covered and asks the same person in place. What was on it waits
// in memory, out of the document, and comes back with every typed word; a post that was refused is sent again.
(() => {
  "use strict";
  const HERE = "/login/here/", AGAIN = "/login/again/";
  let kept = null; // the page while it is covered
  let settle = null; // ends the asking in place, when another tab has signed in
  let asking = null; // the promise of whoever waits for the same answer

  const who = () => document.body.dataset.who || "";
  const box = (html) => {
    const place = document.createElement("template");
    place.innerHTML = html;
    return place.content;
  };

  function cover(words) {
    const body = document.body;
    if (!kept) {
      kept = { nodes: [...body.childNodes], title: document.title, at: [scrollX, scrollY], focus: document.activeElement,
        attributes: [...body.attributes].map(({ name, value }) => [name, value]), who: who(),
        name: body.dataset.whoName || "", site: body.dataset.site || "" };
      for (const [name] of kept.attributes) if (!name.startsWith("data-who") && name !== "data-site") body.removeAttribute(name);
      document.title = "请重新登录";
    }
    body.replaceChildren(box(`<div class="bare"><main id="main" class="cover" role="dialog" aria-modal="true" aria-label="请重新登录">${words}</main></div>`));
  }

  function uncover(token) {
    const page = kept;
    kept = null;
    if (page) restore(page);
    if (token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    if (page) document.dispatchEvent(new CustomEvent("yb:back"));
    return true;
  }
  function restore(page) {
    const body = document.body;
    for (const name of body.getAttributeNames()) body.removeAttribute(name);
    for (const [name, value] of page.attributes) body.setAttribute(name, value);
    body.replaceChildren(...page.nodes);
    document.title = page.title;
    scrollTo(...page.at);
    if (page.focus?.isConnected) page.focus.focus({ preventScroll: true });
  }

  // Nobody's page any more: nothing of it stays, not even in memory.
  function over(words) {
    cover(`<div class="card"><div class="card-body"><h1 class="fs-2">${words}</h1><a class="btn btn-primary btn-big" href="/">去首页</a></div></div>`);
    kept.nodes = [];
    return false;
  }

  const here = async (person) => (await fetch(`${HERE}?who=${encodeURIComponent(person)}`)).json();

  async function ask(ended) {
    if (ended) cover('<p class="text-center muted">正在核对登录……</p>');
    let said;
    try {
      said = await here(who());
      if (ended && said.state === "out") { // the answer that brings a new key may still be on its way
        await new Promise((done) => setTimeout(done, 700));
        said = await here(who());
      }
    } catch {
      uncover("");
      document.dispatchEvent(new CustomEvent("yb:lost"));
      return false;
    }
    return went(said) ?? form(said);
  }

  // true: go on; false: not here; undefined: ask.
  function went(said) {
    if (said.state === "in") return uncover(said.token);
    if (said.state === "handed") {
      // The customer's own pages are not live: whoever asked has become one of them meanwhile.
      if (kept || document.body.dataset.live) location.reload();
      return false;
    }
    if (said.state === "other") return over("这台设备现在是别人登录的");
    return undefined;
  }

  function form(said) {
    const change = said.state === "change";
    cover(`<form class="card" data-plain method="post" action="${AGAIN}"><div class="card-body">
      <h1 class="fs-2">请重新登录</h1><p data-words>登录已经结束。页面上的内容还在，登录后接着做。</p>
      <p class="refused" role="alert" data-why hidden></p>
      <div class="field"><label for="again-secret" data-label></label>
        <input type="password" id="again-secret" name="secret" autocomplete="current-password" maxlength="128"></div>
      <div class="field" data-code hidden><label for="again-code">手机上的 6 位验证码</label>
        <input type="text" id="again-code" name="code" class="code-box" inputmode="numeric" autocomplete="one-time-code" maxlength="12"></div>
      <button class="btn btn-primary btn-big" type="submit">登录，接着做</button>
    </div></form><p class="text-center"><a class="btn btn-quiet" href="/login/">换人登录</a></p>`);
    const at = (selector) => document.querySelector(`.cover ${selector}`);
    at("[data-label]").textContent = `${kept.name}的${said.pin ? " PIN 或密码" : "密码"}`;
    if (change) at("[data-words]").textContent = "密码已由管理者重置。请先在新窗口登录、改好密码，再回来输入新密码。";
    at("#again-secret").focus();
    return new Promise((done) => {
      settle = done;
      let token = said.token;
      at("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        const sent = new FormData(event.target);
        for (const [name, value] of [["csrfmiddlewaretoken", token], ["who", kept.who], ["site", kept.site]]) sent.set(name, value);
        const answer = await fetch(AGAIN, { method: "POST", body: sent, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
        let told = await answer?.json().catch(() => null);
        if (answer?.headers.get("X-Gate")) told = await here(kept.who).catch(() => null); // somebody signed in meanwhile
        if (told?.token) token = told.token;
        const gone = told?.state && went(told);
        if (gone) room?.postMessage(kept?.who || who());
        if (gone !== undefined && told?.state) return done(gone);
        if (told?.need === "code") {
          at("[data-code]").hidden = false;
          return at("#again-code").focus();
        }
        const words = answer === null ? "没有连上，请再点一次。" : answer.status === 429 ? "输错太多次，请过一会再试，或者请管理者解锁。" : told?.why;
        at("[data-why]").textContent = words || "没有登录上，请再试一次。";
        at("[data-why]").hidden = false;
        at("#again-secret").value = "";
        at("#again-secret").focus();
      });
    });
  }

  // Resolves to true when the page's person is signed in and the page stands as it was.
  // ended: the server said so, and what is on the screen goes at once.
  function gate(ended = false) {
    if (!who()) return Promise.resolve(false);
    asking = asking || ask(ended).finally(() => { asking = null; });
    return asking;
  }

  // Whoever signed in again in one tab is back in the others too.
  const room = window.BroadcastChannel ? new BroadcastChannel("yb-gate") : null;
  room?.addEventListener("message", async ({ data }) => {
    if (kept?.who !== data || !settle) return;
    const said = await here(data).catch(() => null);
    const gone = said && kept && went(said);
    if (gone !== undefined && gone !== null) settle(gone);
  });
  window.yb = { ...window.yb, gate, covered: () => kept !== null };
})();
