from django.db import models


class UnfinishedAct(models.Model):
    """An act of several transactions that is not over: what it has written so far counts in no figure yet."""

    id = models.UUIDField(primary_key=True, help_text="what the act is on: the file")
    name = models.CharField(max_length=200)
    disease = models.CharField(max_length=20)
    since = models.DateTimeField(help_text="the post's moment of the act: its records are of this moment")
