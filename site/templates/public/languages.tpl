{{>HEAD}}
<h1>[[Information]]</h1>
<ul class="languages large">
{{#LANGUAGES}}<li><a href="{{HREF}}" lang="{{CODE}}" hreflang="{{CODE}}" dir="{{DIRECTION}}">{{OWN_NAME}}</a></li>
{{/LANGUAGES}}
</ul>
{{>FOOT}}
