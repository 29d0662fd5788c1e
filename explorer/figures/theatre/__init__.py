"""Routing as it happens: maps, lengths and agreement of one digit, animated over the iterations in the browser."""

from explorer.figures.theatre.player import Moment as Moment
from explorer.figures.theatre.player import controls as controls
from explorer.figures.theatre.player import moments as moments
from explorer.figures.theatre.scene import Scene as Scene
from explorer.figures.theatre.scene import TheatreLabels as TheatreLabels
from explorer.figures.theatre.theatre import theatre as theatre
