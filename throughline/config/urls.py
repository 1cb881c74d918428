"""Every address of the site: the rooms, sign-in, Django's admin and the pages that belong to no room."""

from django.contrib import admin
from django.urls import include, path

from throughline.config.landing import land
from throughline.ui import views

urlpatterns = [
    path("", land, name="first_page"),
    path("health/", views.health, name="health"),
    path("empty/", views.empty, name="empty"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("account/", include("throughline.apps.accounts.sign_in_urls")),
    path("admin/", admin.site.urls),
    path("", include("throughline.apps.accounts.urls")),
    path("", include("throughline.apps.performance.urls")),
    path("", include("throughline.apps.handbook.urls")),
    path("", include("throughline.apps.learners.urls")),
    path("", include("throughline.apps.indicators.urls")),
    path("", include("throughline.apps.plans.urls")),
    path("", include("throughline.apps.organisations.urls")),
    path("", include("throughline.apps.codelists.urls")),
    path("", include("throughline.apps.governance.urls")),
    path("", include("throughline.apps.commissioning.urls")),
    path("", include("throughline.apps.exchange.urls")),
    path("", include("throughline.apps.followup.urls")),
    path("", include("throughline.apps.reports.urls")),
    path("", include("throughline.apps.returns.urls")),
]
