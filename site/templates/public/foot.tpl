</main>
<footer>
{{#LANGUAGE_LINKS}}
<nav id="language" aria-label="[[Language]]">
<ul class="languages">
{{#LANGUAGES}}<li><a href="{{href}}" lang="{{code}}" hreflang="{{code}}" dir="{{direction}}"{{#CURRENT}} aria-current="true"{{/CURRENT}}>{{own_name}}</a></li>
{{/LANGUAGES}}</ul>
</nav>
{{/LANGUAGE_LINKS}}
{{#DRAFT}}<p class="draft">[[This translation is a draft. A speaker of the language has not checked it yet.]]</p>{{/DRAFT}}
{{#DEMO}}<p class="draft">[[This is a practice site. Nobody reads reports sent here.]]</p>{{/DEMO}}
<p>[[This site uses no cookies and does not keep your internet address.]]</p>
</footer>
</body>
</html>
