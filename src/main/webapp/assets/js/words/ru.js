// The sentences of the scripts in Russian. Verbs of the past have both endings, since nobody is asked for their gender.
import { count, isolated, list, number, size } from '../language.js';
import { speak } from '../words.js';
import { habits } from './ru-habits.js';

const messages = { one: 'сообщение', few: 'сообщения', many: 'сообщений', other: 'сообщения' };
const characters = { one: 'символ', few: 'символа', many: 'символов', other: 'символа' };

export const sentences = {
  ...habits,
  roomNameEmpty: 'Сначала введите название комнаты, например lobby.',
  roomNameSlash: 'В названии комнаты не может быть косой черты: ни прямой, ни обратной.',
  roomNameDots: 'Комнату нельзя назвать «.» или «..».',
  roomNameControl: 'В названии комнаты не может быть управляющих символов.',
  roomNameLong: (n, most) => `В названии комнаты может быть не больше ${count(most, { one: 'символа', other: 'символов' })}, а здесь их ${number(n)}.`,

  connection: {
    connecting: 'Подключение…',
    live: 'На связи',
    reconnecting: 'Переподключение…',
    closed: 'Закрыто',
  },
  lastUpdate: (time) => `последнее обновление в ${time}`,
  offline: 'Нет сети. Всё, что вы напишете, отправится, когда она появится.',
  closed: 'Сервер закрыл для вас эту комнату.',
  signOutLoses: (n) => `Ещё не отправлено: ${count(n, messages)}. Выйти и потерять ${n === 1 ? 'его' : 'их'}?`,
  retryNow: 'Повторить сейчас',
  reload: 'Обновить страницу',

  sending: 'Отправляется…',
  notSent: 'Не отправлено.',
  saving: 'Сохраняется…',
  notSaved: 'Не сохранено.',
  deleting: 'Удаляется…',
  notDeleted: 'Не удалено.',
  retry: 'Повторить',
  discard: 'Удалить',
  deleteThis: 'Удалить это сообщение?',
  delete: 'Удалить',
  keep: 'Оставить',
  deleted: 'Сообщение удалено',
  utterance: (name, time, text) => `${name}, ${time}: ${text}`,
  tooLong: (n, most) =>
    `В сообщении ${count(n, characters)}, а можно не больше ${number(most)}. Пожалуйста, сократите его.`,
  tooLarge: 'Сообщение слишком большое. Пожалуйста, сократите его.',
  tooManyWaiting: (n) => `Ждут отправки: ${count(n, messages)}. Подождите, пока они уйдут.`,

  uploading: 'Отправится, когда загрузятся файлы.',
  cancel: 'Отменить',
  uploadOf: (name) => `Загрузка файла ${name}`,
  removeFile: (name) => `Убрать файл ${name}`,
  retryFile: (name) => `Повторить загрузку файла ${name}`,
  uploaded: (name) => `Файл ${name} загружен.`,
  notUploaded: (name, why) => `${isolated(name)}: ${why}`,
  filesLost: (names) => `Страница закрылась раньше, чем загрузились файлы: ${list(names)}. «Повторить» отправит только текст.`,
  uploadBroken: 'Не удалось загрузить файл. Попробуйте ещё раз.',
  fileEmpty: 'Этот файл пуст.',
  fileTooLarge: (most) => `Файл слишком большой: можно не больше ${size(most)}.`,
  tooManyFiles: (most) => `К сообщению можно прикрепить не больше ${count(most, { one: 'файла', other: 'файлов' })}.`,
  filesFailed: 'Один из файлов не загрузился. Повторите загрузку или уберите его.',
  guestsSendNoFiles: 'Гости не могут отправлять файлы. Сначала войдите.',
  placeOf: (n, of) => `${number(n)} из ${number(of)}`,

  peopleHere: (n) => `Люди, сейчас здесь: ${number(n)}`,
  morePeople: (n) => `и ещё ${number(n)}`,
  you: '(вы)',
  away: 'нет на месте',
  typing: (names) => {
    const [first, second, third] = names.map(isolated);
    if (third) return 'Несколько человек печатают…';
    if (second) return `${first} и ${second} печатают…`;
    return first ? `${first} печатает…` : '';
  },

  older: 'Показать более ранние',
  loadingOlder: 'Загружаются более ранние…',
  newMessages: (n) => count(n, { one: 'новое сообщение', few: 'новых сообщения', many: 'новых сообщений', other: 'нового сообщения' }),
  toLatest: 'К последним сообщениям',
  moreMessages: (n) => `Ещё ${count(n, messages)}`,
  said: (name, text) => `${name}: ${text}`,
  newDivider: 'Новые',

  notes: {
    created: '{author} создал(а) эту комнату',
    added: '{author} пригласил(а) {subject}',
    joined: '{subject} теперь в комнате',
    removed: '{author} исключил(а) {subject}',
    left: '{subject} покинул(а) комнату',
    role: {
      member: '{author} сделал(а) {subject} участником',
      moderator: '{author} сделал(а) {subject} модератором',
      administrator: '{author} сделал(а) {subject} администратором',
    },
    renamed: '{author} переименовал(а) комнату в «{text}»',
    topic: '{author} изменил(а) тему: «{text}»',
    noTopic: '{author} убрал(а) тему',
    closed: '{author} закрыл(а) комнату: теперь входят только её участники',
    opened: '{author} открыл(а) комнату: теперь могут войти все',
    archived: '{author} отправил(а) комнату в архив',
    unarchived: '{author} вернул(а) комнату из архива',
    other: '{author} что-то изменил(а) в этой комнате',
  },

  signInAgain: 'Войти снова',
  backToRooms: 'К комнатам',
  closedFor: {
    signed_out: 'Ваш сеанс завершён. Всё, что вы написали, сохранено и отправится, когда вы войдёте снова.',
    removed: 'Вас исключили из этой комнаты.',
    room_name: 'Эта комната вам больше недоступна.',
  },
  cannotPost: {
    archived: 'Комната в архиве: её можно читать, но писать в ней нельзя.',
    removed: 'Всё, что здесь видно, останется, пока вы не уйдёте с этой страницы.',
    room_name: 'Всё, что здесь видно, останется, пока вы не уйдёте с этой страницы.',
    overseer: 'Вы видите эту комнату как администратор сайта. Писать здесь могут только её участники.',
  },

  kinds: { open: 'открытая комната', closed: 'закрытая комната', direct: 'личная переписка' },
  roles: { member: 'Участник', moderator: 'Модератор', administrator: 'Администратор' },
  presence: { active: 'в сети', away: 'нет на месте', offline: 'не в сети' },
  unread: (n) => count(n, { one: 'непрочитанное', other: 'непрочитанных' }),
  mentions: (n) => count(n, { one: 'упоминание', few: 'упоминания', many: 'упоминаний', other: 'упоминания' }),
  failed: 'Не получилось. Попробуйте ещё раз чуть позже.',
  nobodyFound: 'Никого с таким именем нет.',
  people: (n) => count(n, { one: 'человек', few: 'человека', many: 'человек', other: 'человека' }),
  takeOut: (name) => `Не приглашать: ${name}`,
  message: (name) => `Написать: ${name}`,
  roleOf: (name) => `Роль: ${name}`,
  removeMember: (name) => `Исключить: ${name}`,
  removeThis: 'Исключить?',
  write: 'Написать',
  members: (n) => count(n, { one: 'участник', few: 'участника', many: 'участников', other: 'участника' }),
  placeholder: (title) => `Написать: ${title}`,
  remove: 'Исключить',
  yourself: 'вы',
  questions: {
    leave: 'Вы исчезнете из списка участников, а комната — из вашего списка.',
    archive: 'Писать здесь больше никто не сможет. Всё сказанное по-прежнему можно будет читать.',
  },
  saved: 'Сохранено.',
  copied: 'Скопировано',
};

speak(sentences);
