// Of the sentences in ru.js those for what people bring along from other chats: being told, keys, names that complete themselves.
import { count } from '../language.js';

export const habits = {
  saidIn: (name, room) => `${name} в #${room}`,
  desktop: {
    insecure: 'Браузер показывает уведомления только для страниц, открытых по https, а эта открыта иначе. Попросите у администратора такой адрес.',
    unsupported: 'Ваш браузер не умеет показывать уведомления.',
    blocked: 'Ваш браузер блокирует уведомления этого сайта. Разрешите их для этого адреса в настройках браузера.',
    off: 'Когда вы заняты другим, то, о чём вы хотите знать, может появляться на рабочем столе. Браузер спросит у вас разрешения.',
    on: 'Когда вы заняты другим, то, о чём вы хотите знать, появляется на рабочем столе.',
  },
  desktopTurn: { off: 'Показывать уведомления', on: 'Не показывать' },
  muted: 'без уведомлений',

  linkCopied: 'Ссылка на сообщение скопирована.',
  unreadFromHere: 'Начиная с этого сообщения всё снова не прочитано.',
  switcher: { rooms: 'Комнаты', people: 'Люди', actions: 'Действия' },
  enterRoom: (name) => `Войти в «${name}»`,
  everybodyHere: 'все в этой комнате',
  found: (n) => count(n, { one: 'вариант', few: 'варианта', many: 'вариантов', other: 'варианта' }),
  /** By what on the page does it. */
  actions: {
    '#new-room': 'Создать комнату',
    '#new-message': 'Новое сообщение',
    '.everybody': 'Все люди',
    '#show-details': 'О комнате',
    '#bell': 'Уведомления этой комнаты',
    '#people-toggle': 'Показать или скрыть, кто здесь',
    '#theme-toggle': 'Светлая или тёмная тема',
    '[data-open="help"]': 'Все клавиши',
    '.my-account': 'Ваш аккаунт',
    '.sign-out button': 'Выйти',
  },

  /** By the keys of the groups in assets/vendor. */
  emojiGroups: {
    recent: 'Недавние',
    'smileys-emotion': 'Смайлики',
    'people-body': 'Люди',
    'animals-nature': 'Животные и природа',
    'food-drink': 'Еда и напитки',
    'travel-places': 'Путешествия и места',
    activities: 'Занятия',
    objects: 'Предметы',
    symbols: 'Символы',
    flags: 'Флаги',
  },
  noEmoji: 'Эмодзи с таким названием нет.',

  signedInAs: (name) => `Теперь вы вошли как ${name}.`,
};
