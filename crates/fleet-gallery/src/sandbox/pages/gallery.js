// What the gallery does beyond links and forms: it loads more in place, shows what comes in while one looks, and sends
// forms without leaving the page. It draws nothing itself: what it shows are parts of pages that it reads again.
'use strict';
(() => {
  /** A grid that nobody clears would grow all night. */
  const MOST_CARDS = 120;
  /** What came in is shown by itself at most this often, in ms. */
  const CALM = 3000;
  /** How many posts wait is said aloud at most this often, in ms. */
  const QUIET = 10000;
  const MINUTE = 60000;
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 60000;

  const first = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /** Says what happened: to who listens always, to who looks if something went wrong. */
  const say = (told, isTrouble = false) => {
    const said = first('#said');
    said.textContent = told;
    said.className = isTrouble ? 'trouble' : 'sr';
  };

  // A browser may refuse to keep things; then nothing is remembered.
  const remember = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* refused */ } };
  const remembered = name => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const forget = name => { try { sessionStorage.removeItem(name); } catch { /* refused */ } };

  /** Reads a page of ours; the address may come with a form. */
  const read = async (address, options) => {
    const answer = await fetch(address, { credentials: 'same-origin', ...options });
    // A refused form comes back as a page, too.
    if (!answer.ok && answer.status !== 422) {
      throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
    }
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  };

  const arrive = node => {
    const arrived = document.importNode(node, true);
    arrived.classList.add('arriving');
    arrived.addEventListener('animationend', () => arrived.classList.remove('arriving'), { once: true });
    return arrived;
  };

  /** Waits until the pictures of parts to come are there, but not for long. */
  const preload = nodes => Promise.race([
    Promise.all(nodes.map(node => {
      const { srcset, sizes, src } = first('img', node);
      const picture = new Image();
      Object.assign(picture, { sizes, srcset, src });
      return picture.decode().catch(() => {});
    })),
    new Promise(done => setTimeout(done, 2000)),
  ]);

  /** Tells anew how long ago things were. */
  const retime = page => {
    for (const theirs of all('[id] time', page)) {
      const ours = first('time', document.getElementById(theirs.closest('[id]').id) ?? document.createElement('i'));
      if (ours && ours.dateTime === theirs.dateTime) ours.textContent = theirs.textContent;
    }
  };

  /** Holds a stream while the page is seen, and opens it again, later and later, when it breaks. */
  const follow = (address, told, back) => {
    let source, timer, wait = FIRST_WAIT;
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
      delete document.documentElement.dataset.live;
    };
    const open = () => {
      if (document.hidden || source) return;
      clearTimeout(timer);
      source = new EventSource(address());
      source.onopen = () => {
        wait = FIRST_WAIT;
        document.documentElement.dataset.live = 'on';
        back();
      };
      source.onmessage = ({ data }) => told(JSON.parse(data));
      source.onerror = () => {
        close();
        timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
        wait = Math.min(2 * wait, LONGEST_WAIT);
      };
    };
    document.addEventListener('visibilitychange', () => document.hidden ? close() : open());
    addEventListener('pagehide', close);
    addEventListener('pageshow', open);
    open();
  };

  const setCounts = counts => {
    for (const [id, [likes, comments]] of Object.entries(counts)) {
      const card = document.getElementById(`p-${id}`);
      if (!card) continue;
      for (const [name, count] of [['likes', likes], ['comments', comments]]) {
        const place = first(`[data-${name}]`, card);
        const written = count.toLocaleString('en');
        if (place.textContent === written) continue;
        place.textContent = written;
        place.parentElement.classList.remove('changed');
        // Read in between, so that the same animation begins again.
        void place.offsetWidth;
        place.parentElement.classList.add('changed');
      }
    }
  };

  /** The feed: posts that come in wait behind a pill, or are shown when nobody is disturbed or has said to hold still. */
  const followFeed = grid => {
    const pill = first('.pill');
    const flow = first('.flow');
    const waiting = new Set();
    let newest = Number(grid.dataset.newest);
    let shownAt = 0, timer, isShowing = false, isByHand = false;
    let announced = 0, rest, isBack = false;
    let isFlowing = (remembered('flow') ?? (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'held' : 'flowing')) === 'flowing';

    const tell = () => {
      pill.hidden = waiting.size === 0;
      pill.textContent = waiting.size === 1 ? '1 new post' : `${waiting.size} new posts`;
      flow.hidden = false;
      flow.textContent = isFlowing ? 'Hold still' : 'Follow along';
    };

    const announce = () => {
      if (rest || waiting.size === 0 || waiting.size === announced || isUndisturbing()) return;
      announced = waiting.size;
      say(pill.textContent);
      rest = setTimeout(() => { rest = undefined; announce(); }, QUIET);
    };

    /**
     * Puts in what the first page has and we lack, each in its place. The grid is the first page, as after reading it
     * anew, unless someone loaded more; that too ends where it has become too long or does not go on without a gap.
     */
    const merge = page => {
      const cards = all('.grid > .card', page);
      const listed = new Set(cards.map(card => card.id));
      const ours = all('.card', grid);
      const left = ours.filter(card => !listed.has(card.id));
      if (left.length === ours.length || left.length + cards.length > MOST_CARDS) delete grid.dataset.extended;
      const isExtended = 'extended' in grid.dataset;
      if (!isExtended) {
        left.forEach(card => card.remove());
        replaceMore(page);
      }
      let next = null;
      for (const card of cards.reverse()) {
        const known = document.getElementById(card.id);
        if (!known && isExtended && !next) continue;
        next = known ?? grid.insertBefore(arrive(card), next);
      }
    };

    const show = async byHand => {
      // A press while posts are being shown by themselves is not lost.
      isByHand ||= byHand;
      if (isShowing) return;
      isShowing = true;
      const told = [...waiting];
      try {
        const page = await read(location.href);
        const before = first('.card', grid);
        const isLacking = card => !document.getElementById(card.id);
        await preload(all('.grid > .card', page).filter(isLacking));
        // Meanwhile the reader may have begun to read.
        if (!isByHand && !isUndisturbing()) return;
        merge(page);
        retime(page);
        newest = Math.max(newest, Number(first('.grid', page).dataset.newest));
        told.forEach(id => waiting.delete(id));
        [...waiting].filter(id => document.getElementById(`p-${id}`)).forEach(id => waiting.delete(id));
        announced = 0;
        shownAt = performance.now();
        first('.empty')?.remove();
        for (const name of ['.tabs', '.bottom']) {
          const counted = first(name, page);
          if (counted) refreshText(first(name), counted);
        }
        if (isByHand) {
          scrollTo({ top: 0 });
          const top = first('.card', grid);
          if (top && top !== before) first('.card-title a', top).focus({ preventScroll: true });
        }
      } catch (error) {
        console.warn('new posts could not be shown', error);
        if (isByHand) say('The gallery does not answer. Try again in a while.', true);
      } finally {
        isShowing = isByHand = false;
        tell();
      }
    };

    const isUndisturbing = () => isFlowing && scrollY < 8 && !document.hidden && !grid.matches(':hover') &&
      [document.body, null, flow].includes(document.activeElement) && getSelection().isCollapsed;

    const consider = () => {
      clearTimeout(timer);
      if (waiting.size === 0 || !isUndisturbing()) return;
      const rest = CALM - (performance.now() - shownAt);
      if (rest <= 0) show(false);
      else timer = setTimeout(consider, rest);
    };

    pill.addEventListener('click', () => show(true));
    flow.addEventListener('click', () => {
      isFlowing = !isFlowing;
      remember('flow', isFlowing ? 'flowing' : 'held');
      tell();
      consider();
    });
    addEventListener('scroll', consider, { passive: true });
    follow(
      () => {
        const address = new URL(grid.dataset.live, location.href);
        address.searchParams.set('since', newest);
        return address;
      },
      frame => {
        for (const id of frame.posts ?? []) {
          if (!document.getElementById(`p-${id}`)) waiting.add(id);
        }
        // What it told of waits here, so a stream that is opened anew need not tell it again. The first frame may know of
        // fewer, when the gallery was begun anew meanwhile.
        newest = Math.max(isBack ? 0 : newest, frame.newest ?? 0);
        isBack = false;
        setCounts(frame.counts ?? {});
        tell();
        consider();
        announce();
      },
      async () => {
        isBack = true;
        const ids = all('.card', grid).map(card => card.id.slice(2));
        for (let begin = 0; begin < ids.length; begin += 100) {
          const answer = await fetch(`/counts?of=${ids.slice(begin, begin + 100).join()}`).catch(() => undefined);
          if (answer?.ok) setCounts(await answer.json());
        }
      },
    );
    tell();
  };

  /** Takes over numbers and names without replacing what may be focused. */
  const refreshText = (place, from) => {
    const [ours, theirs] = [all('.count, p', place), all('.count, p', from)];
    ours.forEach((one, index) => {
      if (theirs[index] && one.textContent !== theirs[index].textContent) one.textContent = theirs[index].textContent;
    });
  };

  const replaceMore = page => {
    const theirs = first('main > .more', page);
    if (!theirs) return;
    first('main > .more')?.remove();
    first('main > .grid').after(document.importNode(theirs, true));
  };

  const loadMore = async link => {
    if (link.getAttribute('aria-busy') === 'true') return;
    link.setAttribute('aria-busy', 'true');
    const grid = first('.grid');
    try {
      const page = await read(link.href);
      // Meanwhile the grid may have become the first page again, which goes on elsewhere.
      if (!link.isConnected) return;
      grid.dataset.extended = '';
      const fresh = all('.grid > .card', page).filter(card => !document.getElementById(card.id)).map(arrive);
      grid.append(...fresh);
      say(fresh.length === 1 ? '1 more post' : `${fresh.length} more posts`);
      const next = first('[data-more]', page);
      if (next) {
        // The link stays the one that is focused.
        link.href = next.getAttribute('href');
      } else {
        replaceMore(page);
        (first('.card-title a', fresh[0] ?? document) ?? first('.the-end'))?.focus({ preventScroll: true });
      }
    } catch {
      // As without a script.
      location.assign(link.href);
    } finally {
      link.removeAttribute('aria-busy');
    }
  };

  const loadEarlier = async link => {
    const list = first('.comments');
    try {
      const page = await read(link.href);
      if (!link.isConnected) return;
      const fresh = all('.comments > li', page).filter(one => !document.getElementById(one.id));
      const height = document.documentElement.scrollHeight;
      list.setAttribute('aria-live', 'off');
      list.prepend(...fresh.map(one => document.importNode(one, true)));
      say(`${fresh.length} earlier comments`);
      const next = first('[data-earlier]', page);
      if (next) {
        link.href = next.getAttribute('href');
      } else {
        link.parentElement.remove();
        first('.comments a')?.focus({ preventScroll: true });
      }
      scrollBy(0, document.documentElement.scrollHeight - height);
      list.setAttribute('aria-live', 'polite');
    } catch {
      location.assign(link.href);
    }
  };

  /** Takes over what a newer reading of this post has: likes, and comments that are not there yet. */
  const takeOver = page => {
    const list = first('.comments');
    if (!first('.comments', page)) return;
    const [liking, newer] = [first('[data-liking]'), first('[data-liking]', page)];
    if (liking.innerHTML !== newer.innerHTML) {
      const isOpen = first('.likers', liking)?.open ?? false;
      const isFocused = first('.like', liking)?.matches(':focus');
      liking.innerHTML = newer.innerHTML;
      const likers = first('.likers', liking);
      if (likers) likers.open = isOpen;
      if (isFocused) first('.like', liking)?.focus();
    }
    const isNewest = !first('.comments ~ .earlier');
    const talk = all('.comments > li', page);
    const fresh = talk.filter(one => !document.getElementById(one.id));
    const earlier = first('.talk > .earlier:has([data-earlier])', page);
    if (isNewest && earlier && fresh.length === talk.length) {
      // So much was said that some of it is missing before these; the link leads to it.
      list.replaceChildren();
      first('.talk > .earlier')?.remove();
      list.before(document.importNode(earlier, true));
    }
    if (isNewest) list.append(...fresh.map(arrive));
    retime(page);
    first('#comments-title').innerHTML = first('#comments-title', page).innerHTML;
    if (fresh.length > 0) first('[data-quiet]')?.remove();
  };

  const followItem = item => {
    const id = item.dataset.item;
    let isReading = false, isStale = false;
    const refresh = async () => {
      isStale = true;
      if (isReading) return;
      isReading = true;
      try {
        while (isStale) {
          isStale = false;
          takeOver(await read(location.pathname));
        }
      } catch (error) {
        console.warn('the post could not be read again', error);
      } finally {
        isReading = false;
      }
    };
    follow(
      () => `/live?item=${encodeURIComponent(id)}`,
      ({ counts }) => {
        const [likes, comments] = counts?.[id] ?? [];
        if (likes === undefined) return;
        const isSame = Number(first('.liked').dataset.likes) === likes &&
          Number(first('[data-comments]').textContent.replaceAll(',', '')) === comments;
        if (!isSame) refresh();
      },
      () => {},
    );
  };

  /**
   * Sends a form of this page, once, and takes its answer in. An answer that is lost does not say whether the order came;
   * sent again, a like would be taken back and a comment doubled. So the page is read anew and shows what is so.
   */
  const send = async form => {
    const button = first('button', form);
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    // The stream may show a comment before its answer is lost.
    const known = new Set(all('.comments > li').map(one => one.id));
    try {
      const page = await read(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      // The gallery no longer knows who this is: it was begun anew, or left in another tab.
      if (first('form[action="/join"]', page)) return leaveFor(joining());
      if (form.matches('.say')) {
        const answered = first('.say', page);
        if (!answered) return leaveFor(location.pathname);
        form.innerHTML = answered.innerHTML;
        first('textarea', form).focus();
      }
      say('');
      takeOver(page);
    } catch (error) {
      console.warn('an order was not answered', error);
      await lookAnew(form, known);
    } finally {
      button.removeAttribute('aria-busy');
    }
  };

  const joining = () => `/join?to=${encodeURIComponent(location.pathname)}`;

  /** Goes to another page, or to this one anew; what was being written is there again afterwards. */
  const leaveFor = address => {
    const draft = first('#content')?.value;
    if (draft) remember(`draft of ${location.pathname}`, draft);
    location.assign(address);
  };

  const takeDraftUp = () => {
    const field = first('#content');
    if (!field) return;
    const name = `draft of ${location.pathname}`;
    field.value ||= remembered(name) ?? '';
    forget(name);
  };

  const lookAnew = async (form, known) => {
    const field = first('textarea', form);
    try {
      const page = await read(location.pathname);
      takeOver(page);
      if (!first('.me form', page)) return leaveFor(joining());
      const me = first('.me .name').getAttribute('href');
      const isMine = one => !known.has(one.id) && first('.name', one).getAttribute('href') === me &&
        first('.words', one).textContent === field?.value.trim();
      if (field && all('.comments > li').some(isMine)) {
        field.value = '';
        say('Your comment came through.');
      } else {
        say('The gallery did not answer. You see what it has now; try again if yours is missing.', true);
      }
    } catch ({ status }) {
      say(status === 404 ? 'This post is gone.' : 'The gallery does not answer. Nothing was sent again; try later.', true);
    }
  };

  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-more], a[data-earlier]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.matches('[data-more]')) loadMore(link);
    else loadEarlier(link);
  });
  document.addEventListener('submit', event => {
    if (!event.target.matches('form[data-here]')) return;
    event.preventDefault();
    send(event.target);
  });

  if (first('time')) {
    setInterval(() => document.hidden || read(location.href).then(retime, () => {}), MINUTE);
  }
  const grid = first('.grid[data-live]');
  const item = first('.item[data-item]');
  if (grid) followFeed(grid);
  takeDraftUp();
  if (item) followItem(item);
})();
