"""The room broadcast of the benchmark with Django Channels and Daphne: rooms by path, each a group of channels_redis.

`daphne server:application` serves it; REDIS_URL says where the layer is, on one node as on several. The layer has the
capacities that it comes with: who is shown messages more slowly than they are said loses some, and nobody is told.
"""

import json
import os

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

settings.configure(
    SECRET_KEY="of no use here",
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [os.environ["REDIS_URL"]]},
        }
    },
)
django.setup()


class Member(AsyncWebsocketConsumer):
    async def connect(self):
        self.room = self.scope["url_route"]["kwargs"]["room"]
        await self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()  # so that whoever sees the socket open is in the room

    async def disconnect(self, code):
        await self.channel_layer.group_discard(self.room, self.channel_name)

    async def receive(self, text_data=None, bytes_data=None):
        message = json.loads(text_data)["message"]
        await self.channel_layer.group_send(self.room, {"type": "say", "frame": json.dumps({"message": message})})

    async def say(self, event):
        await self.send(text_data=event["frame"])


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/chat/<str:room>/", Member.as_asgi())])})
