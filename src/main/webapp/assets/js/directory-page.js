// The page of all people: each may be written to.
import { Directory } from './directory.js';

const place = document.getElementById('directory');
new Directory(place, place.dataset).load();
